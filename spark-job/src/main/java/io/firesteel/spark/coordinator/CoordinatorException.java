package io.firesteel.spark.coordinator;

/** The coordinator didn't answer in time, couldn't do what was asked, or has gone on without this replica. */
public final class CoordinatorException extends RuntimeException {
    private final boolean refused;

    private CoordinatorException(String message, Throwable cause, boolean refused) {
        super(message, cause);
        this.refused = refused;
    }

    /** The others didn't come in time. */
    static CoordinatorException deadline(String message) {
        return new CoordinatorException(message, null, false);
    }

    /** The driver couldn't be asked. */
    static CoordinatorException unreachable(String message, Throwable cause) {
        return new CoordinatorException(message, cause, false);
    }

    /** The coordinator couldn't do it. */
    static CoordinatorException failed(String message) {
        return new CoordinatorException(message, null, false);
    }

    /** The attempt is over, for a reason that isn't this replica's. */
    static CoordinatorException refused(String message) {
        return new CoordinatorException(message, null, true);
    }

    boolean isRefused() {
        return refused;
    }
}
