package io.firesteel.engine.event;

/**
 * Says in which handler or step of which engine a failure arose. Found among the suppressed exceptions of what {@link
 * Engine#run} throws (or of its cause), so that the failure keeps its type and its stack trace and a log shows both.
 * Has no stack trace of its own.
 */
public final class FailureContext extends Exception {
    FailureContext(String place, String engine, State<?, ?> state) {
        super(
                "In " + place + " of engine " + engine + " (epoch " + state.epoch() + ", iteration " + state.iteration()
                        + ")",
                null,
                false,
                false);
    }
}
