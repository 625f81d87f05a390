package io.firesteel.engine.comm;

import java.time.Duration;

/**
 * The ways in which frames can travel between ranks, as the tests of faults run over them: another wire joins by one
 * line. Small chunks, so that small vectors are cut into several.
 */
enum Transport {
    /** Frames straight on the socket: TCP's own checksum is all there is. */
    PLAIN(true, false);

    /** Vectors of more elements take the direct way, in two halves. */
    static final int ONE_HOP_ELEMENTS = 128;

    private final boolean onSockets;
    private final boolean checksPayloads;

    Transport(boolean onSockets, boolean checksPayloads) {
        this.onSockets = onSockets;
        this.checksPayloads = checksPayloads;
    }

    /** Whether frames travel where a {@link FaultyNetwork} has hold of their bytes; else it can only cut connections. */
    boolean onSockets() {
        return onSockets;
    }

    /** Whether bytes that were changed on the way are an error wherever they are; else only in handshakes and headers. */
    boolean checksPayloads() {
        return checksPayloads;
    }

    CommunicatorOptions.Builder options() {
        return CommunicatorOptions.builder()
                .optConnectDeadline(Duration.ofSeconds(20))
                .optOperationDeadline(Duration.ofSeconds(20))
                .optChunkBytes(1024)
                .optSmallVectorBytes(ONE_HOP_ELEMENTS * Float.BYTES);
    }
}
