package io.firesteel.engine.event;

/** The number that the filters of an event look at. */
public enum EventCounter {
    /** The event has no counter: it can't be filtered. */
    NONE,
    /** {@link State#epoch()}: 0 at STARTED of a run from the beginning, from 1 inside epochs. */
    EPOCH,
    /** {@link State#iteration()}: from 1 at ITERATION_STARTED, one less at the two GET_BATCH events before it. */
    ITERATION;

    long of(State<?, ?> state) {
        return this == ITERATION ? state.iteration() : state.epoch();
    }
}
