package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.WeightedMean;

/** Has the same value whatever the rows, and counts how often it is asked for. */
final class FixedMetric extends MeanMetric {
    private final MetricValue value;
    private int computed;

    FixedMetric(String name, MetricValue value) {
        super(name);
        this.value = value;
    }

    /** Without a value: it can't be computed. */
    static FixedMetric undefined(String name) {
        return new FixedMetric(name, null);
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        state.add(0, input.rows(), input.rows());
    }

    @Override
    protected MetricValue value(WeightedMean state) {
        computed++;
        if (value == null) {
            throw new NotComputableException("Cannot compute " + name() + ": it never can be");
        }
        return value;
    }

    int computed() {
        return computed;
    }
}
