package io.firesteel.engine.comm;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What went wrong between the ranks. The message names this rank, the operation, the peer with its host and port where
 * one peer is to blame, how many bytes had gone through, and the deadline.
 */
public final class CommunicationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What to do about it differs by kind. */
    public enum Kind {
        /** A peer closed its connection or the network broke it: usually the peer's failure came first. */
        PEER_LOST,
        /** A peer is connected but moved no byte for the whole deadline, or never connected. */
        DEADLINE,
        /** The ranks don't do the same thing, or a peer sent bytes that make no sense: a bug. */
        PROTOCOL,
        /** A peer doesn't know the secret, or belongs to another run or attempt. */
        AUTHENTICATION,
        /** This rank was interrupted, or its communicator was closed by another thread. */
        CANCELLED
    }

    private final Kind kind;
    private final int rank;
    private final int peer;
    private final String peerEndpoint;
    private final String operation;

    private CommunicationException(
            String message, Throwable cause, Kind kind, int rank, int peer, String peerEndpoint, String operation) {
        super(message, cause);
        this.kind = kind;
        this.rank = rank;
        this.peer = peer;
        this.peerEndpoint = peerEndpoint;
        this.operation = operation;
    }

    /** What the fault means to the caller of an operation; details are values in the style "sent 1 of 2 bytes". */
    static CommunicationException of(Fault fault, String operation, Group group, String details) {
        boolean blamed = fault.peer() != Fault.NO_PEER;
        String endpoint = blamed ? group.members().get(fault.peer()).endpoint() : null;
        return of(fault, operation, group.rank(), endpoint, details);
    }

    /** As {@link #of(Fault, String, Group, String)}, where the blamed peer's endpoint is known or there is none. */
    static CommunicationException of(Fault fault, String operation, int rank, String endpoint, String details) {
        String place = endpoint == null ? "" : "at " + endpoint + " ";
        String subject = fault.peer() == Fault.NO_PEER ? "" : "rank " + fault.peer() + " " + place;
        String message = "Cannot complete " + operation + " on rank " + rank + ": " + subject + fault.getMessage()
                + " (" + details + ")";
        return new CommunicationException(
                message, fault.getCause(), fault.kind(), rank, fault.peer(), endpoint, operation);
    }

    /** What an operation throws on a communicator that an earlier failure has closed. */
    static CommunicationException after(Throwable first, String operation, int rank) {
        String message = "Cannot start " + operation + " on rank " + rank + ": the communicator was closed by its first"
                + " failure (" + (first.getMessage() == null ? first : first.getMessage()) + ")";
        if (first instanceof CommunicationException known) {
            return new CommunicationException(
                    message, first, known.kind, rank, known.peer, known.peerEndpoint, operation);
        }
        return new CommunicationException(message, first, Kind.CANCELLED, rank, Fault.NO_PEER, null, operation);
    }

    public Kind kind() {
        return kind;
    }

    /** The rank that threw this. */
    public int rank() {
        return rank;
    }

    /** The rank that is to blame, if it is one. */
    public OptionalInt peer() {
        return peer == Fault.NO_PEER ? OptionalInt.empty() : OptionalInt.of(peer);
    }

    /** Host and port of {@link #peer()}. */
    public Optional<String> peerEndpoint() {
        return Optional.ofNullable(peerEndpoint);
    }

    /** The operation that failed, as "allReduceSum 12" (the number counts this communicator's operations), or "connect". */
    public String operation() {
        return operation;
    }
}
