package io.firesteel.engine.metric.cluster;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;

/** A metric that must look at points themselves, not at sums of them; all of one size share a sample. */
abstract class SampleMetric extends StateMetric<PointSample> {
    private final int exactRows;

    SampleMetric(MetricParameters parameters) {
        super(parameters.metricName(), "clusterPoints(exactRows=" + parameters.integer("exactRows") + ")");
        exactRows = parameters.integer("exactRows");
    }

    @Override
    public final PointSample zero() {
        return new PointSample(exactRows);
    }

    @Override
    public final void update(PointSample state, MetricInput input) {
        for (int row = 0; row < input.rows(); row++) {
            state.add(Point.of(input, row));
        }
    }

    @Override
    protected final MetricValue value(PointSample state) {
        return MetricValue.of(value(new Clusters(name(), state.points())));
    }

    abstract double value(Clusters clusters);

    @Override
    protected final PointSample read(StateInput input) {
        return PointSample.read(exactRows, input);
    }
}
