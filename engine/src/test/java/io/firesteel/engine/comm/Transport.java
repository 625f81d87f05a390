package io.firesteel.engine.comm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which frames can travel between ranks, as the tests of faults run over them: another wire joins by one
 * line. Small chunks, so that small vectors are cut into several.
 */
enum Transport {
    /** Frames straight on the socket: TCP's own checksum is all there is. */
    PLAIN(0, Sealing.NONE, 0),
    /** Records with a CRC32C. */
    CHECKSUM(0, Sealing.CHECKSUM, 1),
    /** Records of AES-GCM. */
    ENCRYPTED(0, Sealing.ENCRYPTION, 2),
    /** Rings in memory, as two ranks of one machine have them by default. */
    MEMORY(512 << 10, Sealing.NONE, 3),
    /** Rings so small that they are full in the middle of most messages. */
    SMALL_MEMORY(4096, Sealing.NONE, 0);

    /** Vectors of more elements take the direct way, in two halves. */
    static final int ONE_HOP_ELEMENTS = 128;

    private static final int TURNS = 4;

    private final int memoryBytes;
    private final Sealing sealing;
    private final int turn;

    Transport(int memoryBytes, Sealing sealing, int turn) {
        this.memoryBytes = memoryBytes;
        this.sealing = sealing;
        this.turn = turn;
    }

    /** Whether frames travel where a {@link FaultyNetwork} has hold of their bytes; else it can only cut connections. */
    boolean onSockets() {
        return memoryBytes == 0;
    }

    /** Whether bytes that were changed on the way are an error wherever they are; else only in handshakes and headers. */
    boolean checksPayloads() {
        return sealing != Sealing.NONE;
    }

    /** What it is tried with: PLAIN with every collective, the others in turns, to bound the time that the tests take. */
    List<Collective> collectives() {
        List<Collective> mine = new ArrayList<>();
        for (int i = 0; i < Collective.all().size(); i++) {
            if (this == PLAIN || i % TURNS == turn) {
                mine.add(Collective.all().get(i));
            }
        }
        return mine;
    }

    CommunicatorOptions.Builder options() {
        return CommunicatorOptions.builder()
                .optConnectDeadline(Duration.ofSeconds(20))
                .optOperationDeadline(Duration.ofSeconds(20))
                .optChunkBytes(1024)
                .optSmallVectorBytes(ONE_HOP_ELEMENTS * Float.BYTES)
                .optSharedMemoryBytes(memoryBytes)
                .optSealing(sealing);
    }
}
