package io.firesteel.engine.train;

/** What {@link CoordinatorEngine#engine()} fails with when the run has failed on a replica or in Spark; the cause is why. */
public final class RunFailedException extends RuntimeException {
    RunFailedException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
