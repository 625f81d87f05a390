package io.firesteel.engine.comm;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a communicator waits, how much it buffers, and who may stop it. {@code chunkBytes} and
 * {@code smallVectorBytes} say how vectors are cut on the wire; they, {@code algorithm} and {@code sealing} must be the same on all ranks, which
 * is checked when they connect.
 *
 * @param connectDeadline longest time until all ranks are connected; &gt; 0; default 30 s. Shorter than the operation deadline,
 *     so that a rank which can't reach a third one fails by itself before those that are connected to it accuse it of silence
 * @param handshakeDeadline longest time that an incoming connection may take to prove itself; &gt; 0; default 900 ms, so that
 *     strangers are gone within a second
 * @param operationDeadline longest time without a byte of progress from a peer that is waited for; &gt; 0; default 60 s
 * @param spin time to poll the peers before letting others have the core in between, for 200 times as long, and then sleeping
 *     in select; &gt;= 0; default 5 µs: the system may put two ranks on one core, where polling keeps the other from its work
 * @param chunkBytes size of the buffers of each peer, one for each direction, and unit of the reduction; a multiple of 4 in
 *     [64, 64 Mi]; default 256 Ki
 * @param smallVectorBytes vectors of at most this size, 4 times it between two ranks, are summed in one hop, where everyone gets all
 *     contributions, unless there are so many ranks that the other way is shorter ({@link ReductionAlgorithm#resolve}); in
 *     [0, 64 Mi]; default 32 Ki
 * @param algorithm by which vectors are summed; all give the same bits; default AUTO
 * @param socketBufferBytes send and receive buffer asked from the operating system, 0 to leave it to its tuning; in
 *     [0, 64 Mi]; default 0
 * @param sharedMemoryBytes size of the two rings through which a pair of ranks on one machine exchanges, 0 to use sockets there
 *     too; a multiple of 4096 in [0, 64 Mi]; default 512 Ki
 * @param sealing how what travels over sockets is protected; default NONE
 * @param maxMessageBytes largest value of an all-gather or broadcast; in [8, 2147483639]; default 1 Gi
 * @param cancellation called on the operation's thread at least about every 50 ms while an operation lasts; whatever it
 *     throws closes the communicator and leaves the operation as it is; default does nothing
 */
public record CommunicatorOptions(
        Duration connectDeadline,
        Duration handshakeDeadline,
        Duration operationDeadline,
        Duration spin,
        int chunkBytes,
        int smallVectorBytes,
        ReductionAlgorithm algorithm,
        int socketBufferBytes,
        int sharedMemoryBytes,
        Sealing sealing,
        int maxMessageBytes,
        Runnable cancellation) {
    private static final int PAGE_BYTES = 4096;
    private static final int MAX_BUFFER_BYTES = 64 << 20;
    private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

    public CommunicatorOptions {
        positive("connectDeadline", connectDeadline);
        positive("handshakeDeadline", handshakeDeadline);
        positive("operationDeadline", operationDeadline);
        if (spin.isNegative()) {
            throw new IllegalArgumentException("Invalid spin: " + spin + " (must be >= 0)");
        }
        inRange("chunkBytes", chunkBytes, 64, MAX_BUFFER_BYTES);
        if (chunkBytes % Float.BYTES != 0) {
            throw new IllegalArgumentException("Invalid chunkBytes: " + chunkBytes + " (must be a multiple of 4)");
        }
        inRange("smallVectorBytes", smallVectorBytes, 0, MAX_BUFFER_BYTES);
        inRange("socketBufferBytes", socketBufferBytes, 0, MAX_BUFFER_BYTES);
        inRange("sharedMemoryBytes", sharedMemoryBytes, 0, MAX_BUFFER_BYTES);
        if (sharedMemoryBytes % PAGE_BYTES != 0) {
            throw new IllegalArgumentException(
                    "Invalid sharedMemoryBytes: " + sharedMemoryBytes + " (must be a multiple of " + PAGE_BYTES + ")");
        }
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(sealing, "sealing");
        inRange("maxMessageBytes", maxMessageBytes, Long.BYTES, MAX_ARRAY_BYTES);
        Objects.requireNonNull(cancellation, "cancellation");
    }

    /** All defaults. */
    public static CommunicatorOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these. */
    public Builder toBuilder() {
        return builder()
                .optConnectDeadline(connectDeadline)
                .optHandshakeDeadline(handshakeDeadline)
                .optOperationDeadline(operationDeadline)
                .optSpin(spin)
                .optChunkBytes(chunkBytes)
                .optSmallVectorBytes(smallVectorBytes)
                .optAlgorithm(algorithm)
                .optSocketBufferBytes(socketBufferBytes)
                .optSharedMemoryBytes(sharedMemoryBytes)
                .optSealing(sealing)
                .optMaxMessageBytes(maxMessageBytes)
                .optCancellation(cancellation);
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be > 0)");
        }
    }

    private static void inRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "Invalid " + name + ": " + value + " (must be in [" + min + ", " + max + "])");
        }
    }

    /** Collects the options that differ from the defaults; see {@link CommunicatorOptions} for each. */
    public static final class Builder {
        private Duration connectDeadline = Duration.ofSeconds(30);
        private Duration handshakeDeadline = Duration.ofMillis(900);
        private Duration operationDeadline = Duration.ofSeconds(60);
        private Duration spin = Duration.ofNanos(5_000);
        private int chunkBytes = 256 << 10;
        private int smallVectorBytes = 32 << 10;
        private ReductionAlgorithm algorithm = ReductionAlgorithm.AUTO;
        private int socketBufferBytes = 0;
        private int sharedMemoryBytes = 512 << 10;
        private Sealing sealing = Sealing.NONE;
        private int maxMessageBytes = 1 << 30;
        private Runnable cancellation = () -> {};

        private Builder() {}

        public Builder optConnectDeadline(Duration value) {
            connectDeadline = value;
            return this;
        }

        public Builder optHandshakeDeadline(Duration value) {
            handshakeDeadline = value;
            return this;
        }

        public Builder optOperationDeadline(Duration value) {
            operationDeadline = value;
            return this;
        }

        public Builder optSpin(Duration value) {
            spin = value;
            return this;
        }

        public Builder optChunkBytes(int value) {
            chunkBytes = value;
            return this;
        }

        public Builder optSmallVectorBytes(int value) {
            smallVectorBytes = value;
            return this;
        }

        public Builder optAlgorithm(ReductionAlgorithm value) {
            algorithm = value;
            return this;
        }

        public Builder optSocketBufferBytes(int value) {
            socketBufferBytes = value;
            return this;
        }

        public Builder optSharedMemoryBytes(int value) {
            sharedMemoryBytes = value;
            return this;
        }

        public Builder optSealing(Sealing value) {
            sealing = value;
            return this;
        }

        public Builder optMaxMessageBytes(int value) {
            maxMessageBytes = value;
            return this;
        }

        public Builder optCancellation(Runnable value) {
            cancellation = value;
            return this;
        }

        public CommunicatorOptions build() {
            return new CommunicatorOptions(
                    connectDeadline,
                    handshakeDeadline,
                    operationDeadline,
                    spin,
                    chunkBytes,
                    smallVectorBytes,
                    algorithm,
                    socketBufferBytes,
                    sharedMemoryBytes,
                    sealing,
                    maxMessageBytes,
                    cancellation);
        }
    }
}
