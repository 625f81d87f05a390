package io.firesteel.engine.event;

/**
 * What has a state that a run needs in order to go on as if it had never stopped: how long a score hasn't improved, an
 * average, a count. A handler that implements it is saved and restored by its engine without being listed: {@link
 * Engine#handlerStates()}.
 */
public interface Stateful {
    /** The state now. May be called between any two iterations, and at any event. */
    StateDict state();

    /**
     * Goes on from a state that {@link #state()} gave, in this program or an earlier one.
     *
     * @throws IllegalArgumentException if it isn't such a state: see {@link StateDict#require}
     */
    void restore(StateDict saved);
}
