package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The states of a set's metrics, each once. Belongs to one thread at a time. */
public final class MetricStates {
    private final Map<String, Cell<?>> cells = new LinkedHashMap<>();

    MetricStates(Collection<Metric<?>> metrics) {
        metrics.forEach(metric -> cells.put(metric.stateName(), new Cell<>(metric)));
    }

    /** Adds a batch's rows. */
    public void update(MetricInput input) {
        cells.values().forEach(cell -> cell.update(input));
    }

    /** Forgets all rows. */
    public void reset() {
        cells.values().forEach(Cell::reset);
    }

    /** Adds the rows of other states of the same set, which stay as they are. */
    public void add(MetricStates other) {
        cells.forEach((name, cell) -> cell.add(other.cells.get(name)));
    }

    /** The states as bytes, by their names. */
    public Map<String, byte[]> toBytes() {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        cells.forEach((name, cell) -> bytes.put(name, cell.toBytes()));
        return bytes;
    }

    /**
     * Goes on from what {@link #toBytes()} gave.
     *
     * @param states by their names; others may be among them
     * @throws IllegalArgumentException if one is missing, damaged, or of another metric
     */
    public void restore(Map<String, byte[]> states) {
        cells.forEach((name, cell) -> {
            byte[] bytes = states.get(name);
            if (bytes == null) {
                throw new IllegalArgumentException(
                        "Cannot restore metrics: no state " + name + " (expected one of " + states.keySet() + ")");
            }
            cell.fromBytes(bytes);
        });
    }

    /** The value of a metric whose state is among these. */
    @SuppressWarnings("unchecked")
    <S> MetricValue compute(Metric<S> metric) {
        // Metrics that have a state's name in common have its type in common: that is what the name promises.
        Cell<S> cell = (Cell<S>) cells.get(metric.stateName());
        return metric.compute(cell.state);
    }

    private static final class Cell<S> {
        private final Metric<S> metric;
        private S state;

        Cell(Metric<S> metric) {
            this.metric = metric;
            this.state = metric.zero();
        }

        void update(MetricInput input) {
            metric.update(state, input);
        }

        void reset() {
            state = metric.zero();
        }

        @SuppressWarnings("unchecked")
        void add(Cell<?> other) {
            state = metric.merge(state, ((Cell<S>) other).state);
        }

        byte[] toBytes() {
            return metric.toBytes(state);
        }

        void fromBytes(byte[] bytes) {
            state = metric.fromBytes(bytes);
        }
    }
}
