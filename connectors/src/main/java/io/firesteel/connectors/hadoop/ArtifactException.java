package io.firesteel.connectors.hadoop;

/** A file of a run can't be read or written: the message names the location and the reason. */
public final class ArtifactException extends RuntimeException {
    ArtifactException(String message) {
        super(message);
    }

    ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
