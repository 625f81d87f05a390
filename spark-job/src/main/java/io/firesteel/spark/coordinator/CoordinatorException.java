package io.firesteel.spark.coordinator;

/** The coordinator didn't answer in time, or has gone on without this replica. */
public final class CoordinatorException extends RuntimeException {
    CoordinatorException(String message) {
        super(message);
    }

    CoordinatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
