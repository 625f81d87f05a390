package io.firesteel.engine.metric.aggregation;

import io.firesteel.engine.metric.ColumnSums;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import java.util.Arrays;

/**
 * {@code exp(sum(w ln x) / sum(w))} of numbers that aren't negative, a number, or one for each of several columns. Reads predictions (N,
 * C), targets (N, L) or losses (N), and weights. A single 0 makes it 0. As {@code scipy.stats.gmean} and Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.GeometricAverage.html">GeometricAverage</a>.
 */
final class GeometricMean extends StateMetric<ColumnSums> {
    private final Source source;

    GeometricMean(String name, Source source) {
        super(name, source.stateName("geometricMean"));
        this.source = source;
    }

    @Override
    public ColumnSums zero() {
        return new ColumnSums();
    }

    @Override
    public void update(ColumnSums state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        int columns = source.columns(input);
        state.shape(name(), columns);
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.count(weight);
            for (int column = 0; column < columns && weight > 0; column++) {
                add(state, column, source.value(input, row, column), weight);
            }
        }
    }

    private static void add(ColumnSums state, int column, double value, double weight) {
        if (value < 0) {
            state.refuse();
        } else {
            state.add(column, weight * Math.log(value));
        }
    }

    @Override
    protected MetricValue value(ColumnSums state) {
        state.checkNoneRefused(name(), "numbers >= 0");
        double[] means = Arrays.stream(state.means(name())).map(Math::exp).toArray();
        return means.length == 1 ? MetricValue.of(means[0]) : MetricValue.of(means);
    }

    @Override
    protected ColumnSums read(StateInput input) {
        return ColumnSums.read(input);
    }
}
