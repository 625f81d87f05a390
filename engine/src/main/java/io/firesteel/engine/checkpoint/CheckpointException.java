package io.firesteel.engine.checkpoint;

/** A checkpoint can't be written or read, or doesn't fit the run: the message names its location. */
public final class CheckpointException extends RuntimeException {
    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
