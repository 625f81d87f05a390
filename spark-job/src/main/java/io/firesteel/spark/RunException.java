package io.firesteel.spark;

import java.util.Optional;

/** A run that can't begin or has failed, for a reason that its user can act on. */
public final class RunException extends RuntimeException {
    /** Whose turn it is. */
    public enum Fault {
        /** The command line or the job file is wrong; nothing was written. */
        JOB,
        /** The data is wrong or unreachable; nothing was written. */
        DATA,
        /** Training failed or diverged. */
        TRAINING,
        /** The model didn't get the alias that it was meant for. */
        NOT_PROMOTED
    }

    private final Fault fault;
    private final String details;

    RunException(Fault fault, String message) {
        this(fault, message, null);
    }

    RunException(Fault fault, String message, Throwable cause) {
        this(fault, message, cause, "");
    }

    RunException(Fault fault, String message, Throwable cause, String details) {
        super(message, cause);
        this.fault = fault;
        this.details = details;
    }

    public Fault fault() {
        return fault;
    }

    /** A replica's stack trace, where the failure happened in one. */
    public Optional<String> details() {
        return details.isEmpty() ? Optional.empty() : Optional.of(details);
    }
}
