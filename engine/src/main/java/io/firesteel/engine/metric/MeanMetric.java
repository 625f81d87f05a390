package io.firesteel.engine.metric;

/** A metric that is a weighted mean over rows or elements; a subclass says of what. */
abstract class MeanMetric implements Metric<WeightedMean> {
    private final String name;

    MeanMetric(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final WeightedMean zero() {
        return new WeightedMean();
    }

    @Override
    public final WeightedMean merge(WeightedMean left, WeightedMean right) {
        return left.plus(right);
    }

    @Override
    public final double compute(WeightedMean state) {
        return state.compute(name);
    }

    @Override
    public final byte[] toBytes(WeightedMean state) {
        return state.toBytes(name);
    }

    @Override
    public final WeightedMean fromBytes(byte[] bytes) {
        return WeightedMean.fromBytes(name, bytes);
    }
}
