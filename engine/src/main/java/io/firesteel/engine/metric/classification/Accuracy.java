package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The share of right predictions, weighted, in [0, 1]. Reads logits (N, C), labels and weights.
 *
 * <ul>
 *   <li>Classes (N) and C &gt; 1: right if the class has the largest logit. Of equal logits the lowest class counts as
 *       the largest, and NaN counts as larger than any number, both as in {@code torch.argmax}.
 *   <li>Classes 0 and 1 (N) and C = 1: right if the logit is &gt; 0 for class 1 and not for class 0.
 *   <li>Targets (N, C): each element is right if its logit is &gt; 0 where the target is &gt;= 0.5, and not elsewhere;
 *       the share is that of elements. (Ignite's multilabel mode asks for all elements of a row at once.)
 * </ul>
 *
 * <p>Misleads where one class is rare: always guessing the frequent one scores high. Like Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.Accuracy.html">Accuracy</a>, but on logits.
 */
final class Accuracy extends MeanMetric {
    Accuracy() {
        super("accuracy");
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        if (!input.hasClasses()) {
            updateElements(state, input);
            return;
        }
        int classes = input.predictedClasses();
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            long label = checkedClass(input, row, classes == 0 ? Integer.MAX_VALUE : classes);
            state.add(input.predictedClass(row) == label ? weight : 0, weight);
        }
    }

    private void updateElements(WeightedMean state, MetricInput input) {
        int columns = input.predictionColumns();
        if (input.targetColumns() != columns) {
            throw new IllegalArgumentException("Cannot compute accuracy: targets and predictions differ in columns ("
                    + input.targetColumns() + ", expected " + columns + ")");
        }
        for (int row = 0; row < input.rows(); row++) {
            int right = 0;
            for (int column = 0; column < columns; column++) {
                right += input.predictedLabel(row, column) == input.wantedLabel(row, column) ? 1 : 0;
            }
            double weight = input.weight(row);
            state.add(weight * right, weight * columns);
        }
    }

    private static long checkedClass(MetricInput input, int row, int classes) {
        long label = input.classLabel(row);
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "Invalid class: " + label + " in row " + row + " of a batch (must be in [0, " + classes + "))");
        }
        return label;
    }
}
