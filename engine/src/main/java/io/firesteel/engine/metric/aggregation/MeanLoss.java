package io.firesteel.engine.metric.aggregation;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The mean of the rows' losses, weighted: {@code sum(w * loss) / sum(w)} in double precision. Reads losses (N) and
 * weights. A loss that is NaN makes the mean NaN. Like Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.Loss.html">Loss</a>, but row by row, so that batches of
 * different sizes count right.
 */
final class MeanLoss extends MeanMetric {
    MeanLoss() {
        super("loss");
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.add(weight * input.loss(row), weight);
        }
    }
}
