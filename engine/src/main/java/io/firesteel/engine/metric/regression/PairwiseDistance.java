package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The mean over rows of {@code (sum over columns of |p - y + eps|^power)^(1 / power)}, weighted, in [0, ∞), the target's unit. Reads
 * predictions (N, C), targets (N, C) and weights. eps is added to each difference, so that equal rows are sqrt(C) eps apart. Grows
 * with the number of columns. As Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.MeanPairwiseDistance.html">MeanPairwiseDistance</a>.
 */
final class PairwiseDistance extends MeanMetric {
    private final double power;
    private final double eps;

    PairwiseDistance(String name, double power, double eps) {
        super(name);
        this.power = power;
        this.eps = eps;
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        int columns = input.pairedColumns(name());
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.add(weight > 0 ? weight * distance(input, row, columns) : 0, weight);
        }
    }

    private double distance(MetricInput input, int row, int columns) {
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            double size = Math.abs(input.prediction(row, column) - input.target(row, column) + eps);
            sum += power == 2 ? size * size : Math.pow(size, power);
        }
        return power == 2 ? Math.sqrt(sum) : Math.pow(sum, 1 / power);
    }
}
