package io.firesteel.engine.event;

/** Decides whether one firing of an event concerns a handler. Called on every firing, so it should be cheap. */
@FunctionalInterface
public interface EventFilter {
    /** Accepts every firing, also of events without a counter. */
    EventFilter ALWAYS = (engine, count) -> true;

    /**
     * Whether the handler is called.
     *
     * @param engine the engine that fires
     * @param count the event's counter now: the epoch, the iteration, or how often it has fired
     */
    boolean matches(Engine<?, ?> engine, long count);
}
