package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The share of right predictions, weighted, in [0, 1]. Reads predictions (N, C), labels and weights.
 *
 * <ul>
 *   <li>Classes (N) and C &gt; 1: right if the class has the largest logit or probability. Of equal ones the lowest class counts
 *       as the largest, and NaN counts as larger than any number, both as in {@code torch.argmax}.
 *   <li>Classes 0 and 1 (N) and C = 1: right if the logit is &gt; 0 (the probability &gt; 0.5) for class 1 and not for class 0.
 *   <li>Classes (N) and predictions that are classes: right if they are equal.
 *   <li>Targets (N, C): each element is right if its logit is &gt; 0 where the target is &gt;= 0.5, and not elsewhere;
 *       the share is that of elements. With {@code exactMatch} it is that of rows of which all elements are right, as in Ignite's
 *       multilabel mode and in scikit-learn's accuracy_score.
 * </ul>
 *
 * <p>Misleads where one class is rare: always guessing the frequent one scores high. Like Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.Accuracy.html">Accuracy</a>, but on logits.
 */
final class Accuracy extends MeanMetric {
    private final boolean exactMatch;

    Accuracy() {
        this("accuracy", false);
    }

    Accuracy(String name, boolean exactMatch) {
        super(name);
        this.exactMatch = exactMatch;
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        if (input.isMultilabel() || isOneYesOrNo(input)) {
            updateElements(state, input);
        } else if (input.hasWeights()) {
            updateWeighted(state, input);
        } else {
            state.add(right(input), input.rows(), input.rows());
        }
    }

    /** Targets of one column, which may be other numbers than 0 and 1. */
    private static boolean isOneYesOrNo(MetricInput input) {
        return !input.hasClasses()
                && input.predictionColumns() == 1
                && input.predictionKind() != PredictionKind.CLASSES;
    }

    private static int right(MetricInput input) {
        int classes = classes(input);
        int rows = input.rows();
        long[] labels = input.classLabels();
        long[] decisions = input.decisions();
        int right = 0;
        for (int row = 0; row < rows; row++) {
            right += ClassRange.checked(labels[row], row, classes) == decisions[row] ? 1 : 0;
        }
        return right;
    }

    private static void updateWeighted(WeightedMean state, MetricInput input) {
        int classes = classes(input);
        int rows = input.rows();
        long[] labels = input.classLabels();
        long[] decisions = input.decisions();
        double[] weights = input.rowWeights();
        double right = 0;
        double all = 0;
        for (int row = 0; row < rows; row++) {
            right += ClassRange.checked(labels[row], row, classes) == decisions[row] ? weights[row] : 0;
            all += weights[row];
        }
        state.add(right, all, rows);
    }

    private static int classes(MetricInput input) {
        int classes = input.predictedClasses();
        return classes == 0 ? Integer.MAX_VALUE : classes;
    }

    private void updateElements(WeightedMean state, MetricInput input) {
        int columns = input.pairedColumns(name());
        for (int row = 0; row < input.rows(); row++) {
            int right = 0;
            for (int column = 0; column < columns; column++) {
                right += input.predictedLabel(row, column) == input.wantedLabel(row, column) ? 1 : 0;
            }
            double weight = input.weight(row);
            if (exactMatch) {
                state.add(right == columns ? weight : 0, weight);
            } else {
                state.add(weight * right, weight * columns);
            }
        }
    }
}
