package io.firesteel.engine.data;

/** The data can't be used as the job says: its message names the place, the value and what was expected. */
public final class DataException extends RuntimeException {
    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
