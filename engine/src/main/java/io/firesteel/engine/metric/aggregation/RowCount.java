package io.firesteel.engine.metric.aggregation;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.Sums;
import io.firesteel.engine.metric.SumsMetric;

/**
 * How many rows there are: {@code count}, whatever their weights, and {@code totalWeight}, the sum of these. Reads weights only. A number
 * to check a run by: it is that of the whole data, and no rank's padding is in it.
 */
final class RowCount extends SumsMetric {
    private final boolean weighted;

    private RowCount(String name, boolean weighted) {
        super(name, "count", 0);
        this.weighted = weighted;
    }

    static RowCount rows(String name) {
        return new RowCount(name, false);
    }

    static RowCount totalWeight(String name) {
        return new RowCount(name, true);
    }

    /** Nothing: the state counts rows and weights by itself. */
    @Override
    protected void add(Sums state, MetricInput input, int row, double weight) {}

    @Override
    protected MetricValue value(Sums state) {
        return MetricValue.of(weighted ? state.weight() : (double) state.rows());
    }
}
