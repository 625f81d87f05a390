package io.firesteel.engine.metric;

/** A metric was asked for its value before it had seen any row that counts. */
public final class NotComputableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotComputableException(String message) {
        super(message);
    }
}
