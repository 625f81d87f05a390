package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation through a relay. */
@Timeout(60)
final class RelayTest {
    private static FloatBuffer values(long seed, int length) {
        Random random = new Random(seed);
        FloatBuffer values = Ranks.vector(length);
        for (int i = 0; i < length; i++) {
            values.put(i, (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4)));
        }
        return values;
    }

    private static FloatBuffer serialFold(int worldSize, int length) {
        FloatBuffer sum = values(0, length);
        for (int rank = 0; rank < worldSize; rank++) {
            for (int i = rank == 0 ? 1 : 0; i < 1 + rank % 3; i++) {
                FloatBuffer next = values(10L * rank + i, length);
                for (int at = 0; at < length; at++) {
                    sum.put(at, sum.get(at) + next.get(at));
                }
            }
        }
        return sum;
    }

    private static List<FloatBuffer> contributions(int rank, int length) {
        List<FloatBuffer> own = new ArrayList<>();
        for (int i = 0; i < 1 + rank % 3; i++) {
            own.add(values(10L * rank + i, length));
        }
        return own;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 9})
    void sumsAreTheSerialFoldBitForBit(int worldSize) throws Exception {
        for (int length : new int[] {0, 1, 7, 1009, 300_007}) {
            FloatBuffer expected = serialFold(worldSize, length);
            MemoryRelay.check(worldSize, communicator -> {
                int rank = communicator.rank();
                List<FloatBuffer> own = contributions(rank, length);
                Partition partition = Partition.even(length, worldSize);
                FloatBuffer halves = Ranks.vector(length);
                communicator.reduceScatter(own, partition, halves.slice(partition.from(rank), partition.length(rank)));
                communicator.allGather(halves, partition);
                FloatBuffer result = own.size() == 1 ? own.get(0) : Ranks.vector(length);
                communicator.allReduceSum(own, result);
                assertThat(Arrays.equals(Ranks.bits(result), Ranks.bits(expected)))
                        .isTrue();
                assertThat(Arrays.equals(Ranks.bits(halves), Ranks.bits(expected)))
                        .isTrue();
                return null;
            });
        }
    }

    @Test
    void everythingElseWorksToo() throws Exception {
        MemoryRelay.check(3, communicator -> {
            int rank = communicator.rank();
            byte[] own = new byte[rank * 900_000];
            Arrays.fill(own, (byte) rank);
            List<byte[]> gathered = communicator.allGather(own);
            assertThat(gathered.get(2)).hasSize(1_800_000).containsOnly(2);
            assertThat(gathered.get(0)).isEmpty();
            assertThat(communicator.broadcast(rank == 1 ? new byte[] {7} : null, 1))
                    .containsExactly(7);
            ByteBuffer large = ByteBuffer.allocate(3_000_001);
            if (rank == 2) {
                Arrays.fill(large.array(), (byte) 9);
            }
            communicator.broadcast(large, 2);
            assertThat(large.get(3_000_000)).isEqualTo((byte) 9);
            assertThat(communicator.allReduceMax(rank)).isEqualTo(2);
            FloatBuffer values = Ranks.vector(rank, -rank);
            communicator.allReduce(ReduceOperator.MIN, values);
            assertThat(values).isEqualTo(Ranks.vector(0f, -2f));
            assertThatThrownBy(() -> communicator.allReduceSum(List.of(), Ranks.vector(1)))
                    .hasMessageContaining("no rank contributed one");
            communicator.barrier();
            return null;
        });
    }

    @Test
    void splitIsRefused() throws Exception {
        MemoryRelay.check(2, communicator -> {
            assertThatThrownBy(() -> communicator.split(0))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("Cannot split on rank " + communicator.rank()
                            + ": a relay carries the operations, which needs all ranks for each"
                            + " (expected connections between the ranks)");
            communicator.barrier();
            return null;
        });
    }

    @Test
    void disagreementNamesBothRanks() throws Exception {
        List<Ranks.Outcome<Object>> outcomes = MemoryRelay.run(2, communicator -> {
            FloatBuffer values = Ranks.vector(2 + communicator.rank());
            communicator.allReduceSum(List.of(values), values);
            return null;
        });
        assertThat(outcomes.get(0).communicationFailure())
                .hasMessage("Cannot complete allReduceSum 0 on rank 0: rank 1 called allReduceSum 0 with vectors of"
                        + " 3 elements while rank 0 called it with 2 (through a relay, round 1)");
        assertThat(outcomes.get(1).communicationFailure().peer()).hasValue(0);
    }

    @Test
    void whateverTheRelayThrowsEndsTheCommunicator() {
        IllegalStateException gone = new IllegalStateException("the driver is gone");
        Relay relay = (sequence, value) -> {
            throw gone;
        };
        try (Communicator communicator = Communicator.relayed(0, 2, relay, CommunicatorOptions.defaults())) {
            assertThatThrownBy(communicator::barrier).isSameAs(gone);
            assertThatThrownBy(communicator::barrier)
                    .isInstanceOf(CommunicationException.class)
                    .hasMessageContaining("closed by its first failure (the driver is gone)");
        }
    }

    @Test
    void relayThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Communicator.relayed(2, 2, null, CommunicatorOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid rank of a relayed world: 2 (must be in [0, 2))");
        failsWith(List.of(new byte[] {1}), "the relay gave the values of 1 ranks, expected 2");
        failsWith(List.of(new byte[] {1}, new byte[] {1}), "rank 1 sent less than it announced through the relay");
        failsWith(
                List.of(new byte[] {1}, new byte[] {1, 0, 0, 0, 0, 9, 0, 0, 0}),
                "rank 1 sent a section of 9 bytes through the relay, expected <= 0");
    }

    private static void failsWith(List<byte[]> values, String message) {
        Relay relay = (sequence, value) -> values;
        try (Communicator communicator = Communicator.relayed(0, 2, relay, CommunicatorOptions.defaults())) {
            assertThatThrownBy(communicator::barrier)
                    .isInstanceOf(CommunicationException.class)
                    .hasMessageContaining(message);
        }
    }
}
