package io.firesteel.engine.comm;

import java.nio.ByteBuffer;

/**
 * At most one frame to each peer and one from each peer, in whatever order the network moves them. {@link ExchangeLoop}
 * calls the methods; none may block.
 */
interface Exchange {
    /** Whether this rank sends the peer a frame, which may be empty. */
    default boolean sendsTo(int peer) {
        return true;
    }

    /** Whether the peer sends this rank a frame; both ends must see it alike. */
    default boolean receivesFrom(int peer) {
        return true;
    }

    /** Whether this rank sends all peers the same frame with the same payload. */
    default boolean isSameForAll() {
        return false;
    }

    /** What this rank sends to the peer; also what a frame of the peer must answer to, so it is asked for either way. */
    Frame frameTo(int peer);

    /** Bytes of values that this rank gives the peer, in frames or otherwise. */
    default long valueBytes(int peer) {
        return frameTo(peer).length();
    }

    /**
     * Whether the peer's silence may be what holds this rank up now, and not that it waits for a third one as this rank
     * does; a peer that isn't awaited is not to blame however long it says nothing.
     */
    default boolean awaits(int peer) {
        return true;
    }

    /**
     * Puts the payload for the peer from byte {@code offset} on, as much as fits in whole elements and is there; may put
     * nothing for now if other peers' bytes have to come first, and is asked again after any have.
     */
    void fill(int peer, long offset, ByteBuffer target);

    /** Checks the peer's header, whose operation and number are right, before any of its payload is taken. */
    void accept(int peer, Frame frame) throws Fault;

    /**
     * Takes payload of the peer, which starts at byte {@code offset}, by moving the position; may take nothing for now
     * if other peers' bytes come first, or if an element is not complete.
     *
     * @throws Fault if it can't be what the peer meant
     */
    void drain(int peer, long offset, ByteBuffer payload) throws Fault;

    /** Called once, when everything is sent and taken. */
    void finish();
}
