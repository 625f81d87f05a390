package io.firesteel.engine.event;

/** Is told how long each handler of an engine took, those of EXCEPTION_RAISED left out. Given to {@link Engine#observe}. */
public interface HandlerObserver {
    /**
     * A handler has returned or thrown. Called on the engine's thread after each call, so it should be cheap.
     *
     * @param event that fired
     * @param handler name of the handler
     * @param nanos what the call took; with what handlers of an event took that it has fired itself
     */
    void handled(Event event, String handler, long nanos);

    /**
     * All handlers of a firing have returned, or one has thrown; not called for a firing without handlers.
     *
     * @param event that fired
     * @param nanos what the firing took
     */
    void fired(Event event, long nanos);
}
