package io.firesteel.connectors.lease;

/** A lease can't be read or written: the message names the location and the reason. */
public class LeaseException extends RuntimeException {
    LeaseException(String message) {
        super(message);
    }

    LeaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
