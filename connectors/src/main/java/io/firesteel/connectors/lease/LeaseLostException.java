package io.firesteel.connectors.lease;

/** The lease went to another, or may have: who worked under it has to end. The message says to whom, or why. */
public final class LeaseLostException extends LeaseException {
    LeaseLostException(String message) {
        super(message);
    }

    LeaseLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
