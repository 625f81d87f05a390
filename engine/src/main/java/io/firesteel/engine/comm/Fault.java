package io.firesteel.engine.comm;

/** What went wrong and with whom, before it is known which operation it ends; never leaves the package. */
final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    static final int NO_PEER = -1;

    private final CommunicationException.Kind kind;
    private final int peer;

    /** The text goes on after the peer's name ("closed the connection"), or stands alone where there is no peer. */
    Fault(CommunicationException.Kind kind, int peer, String why, Throwable cause) {
        super(why, cause);
        this.kind = kind;
        this.peer = peer;
    }

    Fault(CommunicationException.Kind kind, int peer, String why) {
        this(kind, peer, why, null);
    }

    static Fault protocol(int peer, String why) {
        return new Fault(CommunicationException.Kind.PROTOCOL, peer, why);
    }

    static Fault cancelled(String why, Throwable cause) {
        return new Fault(CommunicationException.Kind.CANCELLED, NO_PEER, why, cause);
    }

    CommunicationException.Kind kind() {
        return kind;
    }

    int peer() {
        return peer;
    }
}
