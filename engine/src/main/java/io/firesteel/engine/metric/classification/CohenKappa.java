package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far labels and predictions agree beyond chance, in [-1, 1]: {@code 1 - sum(w o) / sum(w e)}, where o is the confusion matrix,
 * e what it would be if both were independent, and w the cost of taking class i for j: 1 for any other class, |i - j| (linear) or
 * (i - j)² (quadratic). 1 is full agreement, 0 that of chance. Not computable if labels and predictions are all of one and the same
 * class.
 *
 * <p>Distances are those of positions among the classes that occur, as in scikit-learn: of grades 0, 1 and 3 it takes 1 and 3 for
 * neighbours. With {@code classes} they are those of the classes themselves. Misleads where one class is very frequent: kappa is low
 * although nearly all is right. As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.cohen_kappa_score.html">cohen_kappa_score</a>.
 */
final class CohenKappa extends ConfusionMetric {
    static final List<String> WEIGHTS = List.of("none", "linear", "quadratic");

    private final String weights;

    CohenKappa(String name, int classes, String weights) {
        super(name, classes);
        this.weights = weights;
    }

    @Override
    MetricValue value(Confusion state, Outcomes outcomes) {
        ClassTable matrix = matrix(state);
        int[] classes = matrix.isLimited() ? IntStream.range(0, matrix.size()).toArray() : outcomes.occurring();
        double observed = 0;
        double expected = 0;
        for (int i = 0; i < classes.length; i++) {
            for (int j = 0; j < classes.length; j++) {
                double cost = cost(i - j);
                observed += cost * matrix.weight(classes[i], classes[j]);
                expected += cost * outcomes.actual(classes[i]) * outcomes.predicted(classes[j]) / outcomes.total();
            }
        }
        if (expected == 0) {
            throw new NotComputableException("Cannot compute " + name()
                    + ": labels and predictions are all of one class (expected two classes)");
        }
        return MetricValue.of(1 - observed / expected);
    }

    private double cost(int distance) {
        return switch (weights) {
            case "linear" -> Math.abs(distance);
            case "quadratic" -> (double) distance * distance;
            default -> distance == 0 ? 0 : 1;
        };
    }
}
