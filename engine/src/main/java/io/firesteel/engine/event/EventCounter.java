package io.firesteel.engine.event;

/** The number that the filters of an event look at. */
public enum EventCounter {
    /** The event has no counter: it can't be filtered. */
    NONE,
    /** {@link State#epoch()}: 0 at STARTED of a run from the beginning, from 1 inside epochs. */
    EPOCH,
    /** {@link State#iteration()}: from 1 at ITERATION_STARTED, one less at the two GET_BATCH events before it. */
    ITERATION,
    /**
     * How often the event has fired in the engine, this time included: from 1. Counted by the engine, over runs that go on
     * from one another and, with {@link Progress#firings()}, over resumed ones; a run from the beginning counts anew.
     */
    FIRINGS;

    long of(State<?, ?> state, long firings) {
        return switch (this) {
            case NONE -> 0;
            case EPOCH -> state.epoch();
            case ITERATION -> state.iteration();
            case FIRINGS -> firings;
        };
    }
}
