package io.firesteel.engine.comm;

/**
 * The keys of one connection, 32 bytes for each direction. Not to be printed, and not compared by content.
 *
 * @param own what this rank seals with
 * @param peer what the peer seals with
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SessionKeys(byte[] own, byte[] peer) {
    @Override
    public String toString() {
        return "SessionKeys[hidden]";
    }
}
