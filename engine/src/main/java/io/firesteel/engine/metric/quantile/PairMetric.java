package io.firesteel.engine.metric.quantile;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;

/**
 * A metric of all pairs of prediction and target, (N, 1) each, with weights. All of them with the same {@code exactRows} have their
 * state in common. Exact up to that many different pairs; above, the value of a uniform sample of them comes with its {@code
 * standardError}: two thirds of such values are no farther than that from the one of all rows.
 */
final class PairMetric extends StateMetric<PairSample> {
    private final int exactRows;
    private final PairMeasure measure;

    PairMetric(MetricParameters parameters, PairMeasure measure) {
        super(parameters.metricName(), "pairs(exactRows=" + parameters.integer("exactRows") + ")");
        this.exactRows = parameters.integer("exactRows");
        this.measure = measure;
    }

    @Override
    public PairSample zero() {
        return new PairSample(exactRows);
    }

    @Override
    public void update(PairSample state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        int columns = Math.max(input.predictionColumns(), input.targetColumns());
        if (columns != 1) {
            throw new IllegalArgumentException("Cannot compute " + name()
                    + ": predictions or targets have several columns (" + columns + ", expected 1)");
        }
        for (int row = 0; row < input.rows(); row++) {
            state.add(input.prediction(row, 0), input.target(row, 0), input.weight(row));
        }
    }

    @Override
    protected MetricValue value(PairSample state) {
        state.check(name());
        PairSample sample = state.compacted();
        SampledValue value = measure.of(name(), sample.pairs(), sample.meanTarget());
        return sample.isSampled()
                ? MetricValue.estimated(value.value(), value.standardError())
                : MetricValue.of(value.value());
    }

    @Override
    protected PairSample read(StateInput input) {
        return PairSample.read(exactRows, input);
    }
}
