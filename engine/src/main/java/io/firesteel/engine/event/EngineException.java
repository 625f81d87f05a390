package io.firesteel.engine.event;

/** Wraps the checked exception that ended a run or an event that was fired; unchecked ones are thrown as they are. */
public final class EngineException extends RuntimeException {
    EngineException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What to throw for a failure: itself if it may be thrown, or a wrapper. A thread that was interrupted stays so.
     *
     * @param what the beginning of a wrapper's message
     */
    static RuntimeException unchecked(String what, Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new EngineException(what + ": " + failure, failure);
    }
}
