package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class AllToAllTest {
    private static final int[] LENGTHS = {0, 1, 7, 64, 1009, 70_001};
    private static final int ROUNDS = 10;

    /** What one rank has for another in a round: everybody can compute it. */
    private static byte[] message(int round, int from, int to) {
        Random random = new Random(1_000_003L * round + 1009L * from + to);
        byte[] bytes = new byte[LENGTHS[random.nextInt(LENGTHS.length)]];
        random.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyRankGetsWhatEachHasForIt(int worldSize) throws Exception {
        CommunicatorOptions options = Ranks.options().optChunkBytes(1024).build();
        Ranks.values(worldSize, options, communicator -> {
            for (int round = 0; round < ROUNDS; round++) {
                check(communicator, round);
            }
            return null;
        });
    }

    @Test
    void everyRankGetsWhatEachHasForItThroughARelay() throws Exception {
        MemoryRelay.check(3, communicator -> {
            for (int round = 0; round < ROUNDS; round++) {
                check(communicator, round);
            }
            return null;
        });
    }

    private static void check(Communicator communicator, int round) {
        int rank = communicator.rank();
        List<ByteBuffer> outgoing = new ArrayList<>();
        List<ByteBuffer> incoming = new ArrayList<>();
        for (int peer = 0; peer < communicator.worldSize(); peer++) {
            outgoing.add(ByteBuffer.wrap(message(round, rank, peer)).asReadOnlyBuffer());
            int length = message(round, peer, rank).length;
            ByteBuffer whole = peer % 2 == 0 ? ByteBuffer.allocate(length + 3) : ByteBuffer.allocateDirect(length + 3);
            incoming.add(whole.position(2).limit(2 + length));
        }
        long before = communicator.bytesSent();
        communicator.allToAll(outgoing, incoming);
        long sent = 0;
        for (int peer = 0; peer < communicator.worldSize(); peer++) {
            byte[] received = new byte[incoming.get(peer).remaining()];
            incoming.get(peer).get(received);
            boolean own = peer == rank;
            assertThat(received).isEqualTo(own ? new byte[received.length] : message(round, peer, rank));
            sent += own ? 0 : message(round, rank, peer).length;
        }
        assertThat(communicator.bytesSent() - before).isEqualTo(sent);
    }

    @Test
    void listsMustHaveOneBufferForEachRank() {
        try (Communicator communicator = Communicator.local()) {
            assertThatThrownBy(() -> communicator.allToAll(List.of(), List.of(ByteBuffer.allocate(1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot start allToAll 0: 0 buffers to send and 1 to receive into "
                            + "(expected one for each rank, 1)");
        }
    }

    @Test
    void readOnlyBufferIsNotReceivedInto() {
        ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
        try (Communicator communicator = Communicator.local()) {
            assertThatThrownBy(() -> communicator.allToAll(List.of(readOnly), List.of(readOnly)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Cannot receive the values of allToAll 0");
        }
    }

    @Test
    void anotherLengthThanExpectedNamesBoth() throws Exception {
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(2, Ranks.options().build(), communicator -> {
            int expected = communicator.rank() == 0 ? 4 : 5;
            communicator.allToAll(
                    List.of(ByteBuffer.allocate(4), ByteBuffer.allocate(4)),
                    List.of(ByteBuffer.allocate(expected), ByteBuffer.allocate(expected)));
            return null;
        });
        assertThat(outcomes.get(1).communicationFailure())
                .hasMessageContaining("announced 4 bytes for allToAll 0 while rank 1 expects 5");
    }

    @Test
    void bytesSentCountWhatOtherRanksGet() throws Exception {
        List<Long> sent = Ranks.values(3, Ranks.options().optSmallVectorBytes(0).build(), communicator -> {
            communicator.allReduceSum(List.of(Ranks.vector(300)), Ranks.vector(300));
            return communicator.bytesSent();
        });
        // A third of the vector to each of the two others, then the own third of the sum to each of them.
        assertThat(sent).containsOnly(4L * 400);
    }
}
