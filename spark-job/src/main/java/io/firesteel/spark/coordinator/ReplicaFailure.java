package io.firesteel.spark.coordinator;

import io.firesteel.engine.comm.CommunicationException;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.train.TrainingDivergedException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;

/**
 * Why a replica ended, as values that cross Spark whatever classes the exception needs.
 *
 * @param rank the replica
 * @param host where it ran
 * @param kind what sort of fault it is
 * @param message what went wrong, in one paragraph
 * @param stackTrace the exception's trace, for the log
 * @param epochMillis when, by the replica's clock
 */
public record ReplicaFailure(int rank, String host, Kind kind, String message, String stackTrace, long epochMillis)
        implements Serializable {
    /** Sorts of faults, from the cause to the consequence: of two failures the one with the lower kind explains the other. */
    public enum Kind {
        /** The rows can't be used as the job says. */
        DATA,
        /** The loss is no number any more. */
        DIVERGED,
        /** A handler, the model or the step threw. */
        TRAINING,
        /** A peer was silent, or said what it shouldn't. */
        COMMUNICATION,
        /** A peer was lost, or the attempt is over: the echo of another's failure, or of the loss of its executor. */
        PEER_LOST;

        /** Whether it is a peer that has failed, perhaps with its executor: Spark may start the stage again. */
        boolean isOfPeer() {
            return this == COMMUNICATION || this == PEER_LOST;
        }
    }

    /** Describes an exception. */
    public static ReplicaFailure of(int rank, String host, Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return new ReplicaFailure(
                rank, host, kind(failure), message(failure), trace.toString(), System.currentTimeMillis());
    }

    private static Kind kind(Throwable failure) {
        if (failure instanceof DataException) {
            return Kind.DATA;
        }
        if (failure instanceof TrainingDivergedException) {
            return Kind.DIVERGED;
        }
        if (failure instanceof CommunicationException communication) {
            return communication.kind() == CommunicationException.Kind.PEER_LOST ? Kind.PEER_LOST : Kind.COMMUNICATION;
        }
        if (failure instanceof CoordinatorException coordination) {
            return coordination.isRefused() ? Kind.PEER_LOST : Kind.COMMUNICATION;
        }
        return Kind.TRAINING;
    }

    /** The causes are part of the message: they name the user's own exception. */
    private static String message(Throwable failure) {
        StringBuilder message = new StringBuilder(text(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (message.indexOf(text(cause)) < 0) {
                message.append(": ").append(text(cause));
            }
        }
        return message.toString();
    }

    /** What an exception says, in one line: our own speak for themselves, others with the name of their class. */
    static String text(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        boolean ours = failure.getClass().getName().startsWith("io.firesteel.")
                || message.startsWith("Cannot ")
                || message.startsWith("Invalid ");
        String text = ours && !message.isEmpty() ? message : failure.toString();
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
