package io.firesteel.engine.metric;

import java.util.Objects;

/**
 * A metric whose state knows how to merge and to write itself; a subclass says what a batch adds and what the value is.
 *
 * @param <S> the state
 */
public abstract class StateMetric<S extends MetricState<S>> implements Metric<S> {
    private final String name;
    private final String stateName;

    /** A metric with a state of its own. */
    protected StateMetric(String name) {
        this(name, name);
    }

    /**
     * A metric that reads a state which others read as well.
     *
     * @param name as {@link Metric#name()}
     * @param stateName as {@link Metric#stateName()}: 1 to 127 characters of ASCII
     */
    protected StateMetric(String name, String stateName) {
        this.name = Objects.requireNonNull(name, "name");
        this.stateName = StateBytes.checkedName(stateName);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String stateName() {
        return stateName;
    }

    @Override
    public final S merge(S left, S right) {
        return left.plus(right);
    }

    @Override
    public final MetricValue compute(S state) {
        if (state.rows() == 0) {
            throw new NotComputableException("Cannot compute " + name + ": no rows yet");
        }
        return value(state);
    }

    /**
     * The metric of all rows that the state has seen; leaves the state as it is.
     *
     * @param state of at least one row
     * @throws NotComputableException if these rows have no such value
     */
    protected abstract MetricValue value(S state);

    @Override
    public final byte[] toBytes(S state) {
        StateOutput output = new StateOutput();
        state.write(output);
        return StateBytes.wrap(stateName, output.bytes());
    }

    @Override
    public final S fromBytes(byte[] bytes) {
        StateInput input = new StateInput(stateName, StateBytes.unwrap(stateName, bytes));
        S state = read(input);
        input.end();
        return state;
    }

    /**
     * The state that {@link MetricState#write} has written.
     *
     * @throws IllegalArgumentException if the numbers can't be those of a state
     */
    protected abstract S read(StateInput input);
}
