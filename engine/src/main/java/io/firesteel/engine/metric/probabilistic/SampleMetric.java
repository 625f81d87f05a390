package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import java.util.Arrays;

/**
 * A statistic of pairs of rows, so of as many terms as the square of the rows: exact up to a number of different rows, beyond it that of
 * a sample of them. Ignite computes such statistics within each batch and averages them, which makes them depend on the size and
 * the order of batches; here there are no batches, and the value is that of all rows. A weight says how often a row stands in the data.
 */
abstract class SampleMetric extends StateMetric<PairSample> {
    private static final int STANDARD = 1000;

    static final MetricParameter SAMPLES = MetricParameter.integer(
            "samples", STANDARD, 4, 5000, "up to how many different rows the value is exact; takes time by its square");

    private final int samples;

    SampleMetric(String name, int samples) {
        super(name, samples == STANDARD ? "pairSample" : "pairSample(samples=" + samples + ")");
        this.samples = samples;
    }

    @Override
    public final PairSample zero() {
        return new PairSample(samples);
    }

    @Override
    public void update(PairSample state, MetricInput input) {
        state.add(input, name());
    }

    @Override
    protected final MetricValue value(PairSample state) {
        double[] weights = state.weights();
        double total = Arrays.stream(weights).sum();
        if (!(total > leastWeight())) {
            throw new NotComputableException("Cannot compute " + name() + ": too few rows (total weight " + total
                    + ", expected more than " + leastWeight() + ")");
        }
        return MetricValue.of(of(state.vectors(false), state.vectors(true), weights, total));
    }

    /** More rows than this are needed. */
    abstract int leastWeight();

    /** The statistic of predictions and targets, {@code total} rows in all. */
    abstract double of(double[][] predictions, double[][] targets, double[] weights, double total);

    @Override
    protected final PairSample read(StateInput input) {
        return PairSample.read(samples, input);
    }
}
