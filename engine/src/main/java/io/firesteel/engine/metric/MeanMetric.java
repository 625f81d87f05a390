package io.firesteel.engine.metric;

/** A metric that is a weighted mean over rows or elements; a subclass says of what. */
public abstract class MeanMetric extends StateMetric<WeightedMean> {
    protected MeanMetric(String name) {
        super(name);
    }

    @Override
    public final WeightedMean zero() {
        return new WeightedMean();
    }

    @Override
    protected final WeightedMean read(StateInput input) {
        return WeightedMean.read(input);
    }

    /** The mean itself; a subclass may make something else of it, as a root. */
    @Override
    protected MetricValue value(WeightedMean state) {
        return MetricValue.of(state.mean(name()));
    }
}
