package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricValue;
import java.util.List;

/**
 * The weight of rows by what they are and what was predicted: a table (C, C) whose row i, column j has the rows of class i that were
 * predicted to be of class j. Divided by the sum of their row (normalize=true, which makes the diagonal recall), of their column
 * (pred, precision) or of all (all); 0 where that sum is 0. Index and class are the same, so classes that don't occur have zeros, where
 * scikit-learn leaves them out. As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html">confusion_matrix</a> with {@code
 * labels=range(C)}.
 */
final class ConfusionMatrix extends ConfusionMetric {
    static final List<String> NORMALIZE = List.of("none", "true", "pred", "all");

    private final String normalize;

    ConfusionMatrix(String name, int classes, String normalize) {
        super(name, classes);
        this.normalize = normalize;
    }

    @Override
    MetricValue value(Confusion state, Outcomes outcomes) {
        ClassTable matrix = matrix(state);
        double[][] table = new double[matrix.size()][matrix.size()];
        for (int label = 0; label < table.length; label++) {
            for (int decision = 0; decision < table.length; decision++) {
                double whole = whole(outcomes, label, decision);
                table[label][decision] = whole == 0 ? 0 : matrix.weight(label, decision) / whole;
            }
        }
        return MetricValue.of(table);
    }

    private double whole(Outcomes outcomes, int label, int decision) {
        return switch (normalize) {
            case "true" -> outcomes.actual(label);
            case "pred" -> outcomes.predicted(decision);
            case "all" -> outcomes.total();
            default -> 1;
        };
    }
}
