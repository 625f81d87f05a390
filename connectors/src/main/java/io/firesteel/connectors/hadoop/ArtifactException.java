package io.firesteel.connectors.hadoop;

/** A file of a run can't be read or written: the message names the location and the reason. */
public final class ArtifactException extends RuntimeException {
    ArtifactException(String message) {
        super(message);
    }

    ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether storage itself failed, which is nobody's mistake in a job file: no bucket, no server, wrong credentials, safe mode, no space.
     */
    public boolean isOfStorage() {
        return getCause() != null && FailureReason.isOfStorage(getCause());
    }
}
