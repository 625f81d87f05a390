package io.firesteel.engine.metric;

import java.util.Objects;
import java.util.function.UnaryOperator;

/** A metric of batches that are changed on their way; its states are those of the metric inside, so that bytes name that one. */
final class MappedMetric<S> implements Metric<S> {
    private final Metric<S> inner;
    private final String name;
    private final UnaryOperator<MetricInput> transform;

    MappedMetric(Metric<S> inner, String name, UnaryOperator<MetricInput> transform) {
        this.inner = Objects.requireNonNull(inner, "inner");
        this.name = StateBytes.checkedName(name);
        this.transform = Objects.requireNonNull(transform, "transform");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public S zero() {
        return inner.zero();
    }

    @Override
    public void update(S state, MetricInput input) {
        inner.update(state, transform.apply(input));
    }

    @Override
    public S merge(S left, S right) {
        return inner.merge(left, right);
    }

    @Override
    public MetricValue compute(S state) {
        return inner.compute(state);
    }

    @Override
    public byte[] toBytes(S state) {
        return inner.toBytes(state);
    }

    @Override
    public S fromBytes(byte[] bytes) {
        return inner.fromBytes(bytes);
    }
}
