package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.ColumnSums;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import java.util.Arrays;

/**
 * How much a model's prediction tells about which row it is of: {@code H(mean p) - mean H(p)}, entropies and means over all rows,
 * weighted, in [0, ln C] nats. Reads predictions (N, C) that are probabilities or logits, and weights. Large if each row is decided but
 * all classes occur, 0 if all rows are predicted alike. Says nothing of whether the decisions are right. As Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.MutualInformation.html">MutualInformation</a>. The state takes 8 bytes
 * for each class.
 */
final class MutualInformation extends StateMetric<ColumnSums> {
    MutualInformation(String name) {
        super(name);
    }

    @Override
    public ColumnSums zero() {
        return new ColumnSums();
    }

    /** The sums are of each class's probabilities, and of the entropies. */
    @Override
    public void update(ColumnSums state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        double[] logarithms = new double[Math.max(2, input.predictionColumns())];
        state.shape(name(), logarithms.length + 1);
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.count(weight);
            if (weight > 0) {
                Distributions.ofPredictions(input, row, logarithms);
                add(state, logarithms, weight);
            }
        }
    }

    private static void add(ColumnSums state, double[] logarithms, double weight) {
        for (int i = 0; i < logarithms.length; i++) {
            state.add(i, weight * Math.exp(logarithms[i]));
        }
        state.add(logarithms.length, weight * Distributions.entropy(logarithms));
    }

    @Override
    protected MetricValue value(ColumnSums state) {
        double[] means = state.means(name());
        int classes = means.length - 1;
        double[] logarithms = Arrays.stream(means, 0, classes).map(Math::log).toArray();
        return MetricValue.of(Math.max(0, Distributions.entropy(logarithms) - means[classes]));
    }

    @Override
    protected ColumnSums read(StateInput input) {
        return ColumnSums.read(input);
    }
}
