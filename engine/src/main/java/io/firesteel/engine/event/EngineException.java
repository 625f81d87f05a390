package io.firesteel.engine.event;

/** Carries a checked exception out of {@link Engine#run}; the exception itself is the cause. */
public final class EngineException extends RuntimeException {
    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
