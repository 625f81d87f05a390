package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The weighted share of rows whose class is among the k with the largest logits or probabilities, in [0, 1]. Reads predictions (N, C) and
 * classes (N). Of equal values the higher class comes first, as in scikit-learn; so k = 1 differs from {@link Accuracy} in ties. NaN counts as
 * larger than any number. With C &lt;= k all rows are right; one column is two classes. As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.top_k_accuracy_score.html">top_k_accuracy_score</a> and, but for
 * ties, Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.TopKCategoricalAccuracy.html">TopKCategoricalAccuracy</a>. Misleads where
 * C is little more than k.
 */
final class TopKAccuracy extends MeanMetric {
    private final int k;

    TopKAccuracy(String name, int k) {
        super(name);
        this.k = k;
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        ClassRange.checkOneClass(input, name());
        if (input.predictionKind() == PredictionKind.CLASSES) {
            throw new IllegalStateException(
                    "Cannot compute " + name() + ": the predictions are classes (expected probabilities or logits)");
        }
        int classes = input.predictedClasses();
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            int label = ClassRange.label(input, row, classes);
            state.add(isAmongLargest(input, row, label) ? weight : 0, weight);
        }
    }

    private boolean isAmongLargest(MetricInput input, int row, int label) {
        int columns = input.predictionColumns();
        if (columns == 1) {
            return k > 1 || input.predictedClass(row) == label;
        }
        double value = input.prediction(row, label);
        int before = 0;
        for (int column = 0; column < columns; column++) {
            int order = compare(input.prediction(row, column), value);
            before += order > 0 || (order == 0 && column > label) ? 1 : 0;
        }
        return before < k;
    }

    /** As numbers, with 0 and -0 equal, and NaN as the largest. */
    private static int compare(double left, double right) {
        return left == right ? 0 : Double.compare(left, right);
    }
}
