package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Collectives over each kind of wire: the same results, whatever carries them. */
@Timeout(120)
class WiresTest {
    enum Kind {
        MEMORY(512 << 10, Sealing.NONE),
        SMALL_MEMORY(4096, Sealing.ENCRYPTION),
        SOCKET(0, Sealing.NONE),
        CHECKSUM(0, Sealing.CHECKSUM),
        ENCRYPTION(0, Sealing.ENCRYPTION);

        private final int memory;
        private final Sealing sealing;

        Kind(int memory, Sealing sealing) {
            this.memory = memory;
            this.sealing = sealing;
        }

        CommunicatorOptions.Builder options() {
            return Ranks.options().optSharedMemoryBytes(memory).optSealing(sealing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void collectivesOfAnySizeGiveWhatTheyShould(Kind kind) throws Exception {
        for (int world : new int[] {2, 3}) {
            CommunicatorOptions options =
                    kind.options().optSmallVectorBytes(1000).build();
            Ranks.values(world, options, communicator -> {
                for (int elements : new int[] {0, 1, 2, 249, 251, 4099, 100_003, 600_000}) {
                    sum(communicator, elements);
                    gather(communicator, elements);
                }
                return null;
            });
        }
    }

    private static void sum(Communicator communicator, int elements) {
        FloatBuffer result = Ranks.vector(elements);
        communicator.allReduceSum(List.of(values(elements, communicator.rank())), result);
        FloatBuffer expected = values(elements, 0);
        for (int rank = 1; rank < communicator.worldSize(); rank++) {
            FloatBuffer next = values(elements, rank);
            for (int i = 0; i < elements; i++) {
                expected.put(i, expected.get(i) + next.get(i));
            }
        }
        assertThat(Ranks.bits(result)).isEqualTo(Ranks.bits(expected));
    }

    private static FloatBuffer values(int elements, int rank) {
        Random random = new Random(elements * 31L + rank);
        FloatBuffer values = Ranks.vector(elements);
        for (int i = 0; i < elements; i++) {
            values.put(i, random.nextFloat() - 0.5f);
        }
        return values;
    }

    private static void gather(Communicator communicator, int bytes) {
        List<byte[]> all = communicator.allGather(bytes(bytes, communicator.rank()));
        for (int rank = 0; rank < communicator.worldSize(); rank++) {
            assertThat(all.get(rank)).isEqualTo(bytes(bytes, rank));
        }
        communicator.barrier();
    }

    /** Sizes differ by rank, and none is a multiple of 8. */
    private static byte[] bytes(int about, int rank) {
        byte[] bytes = new byte[about + 3 * rank + 1];
        new Random(about + rank).nextBytes(bytes);
        return bytes;
    }

    /** Without spinning each wait is a sleep: a wake-up that got lost would cost 20 ms, and all of them the deadline. */
    @ParameterizedTest
    @EnumSource
    @Timeout(15)
    void ranksThatSleepAreWoken(Kind kind) throws Exception {
        CommunicatorOptions options = kind.options().optSpin(Duration.ZERO).build();
        Ranks.values(2, options, communicator -> {
            for (int i = 0; i < 2000; i++) {
                assertThat(communicator.allReduceMax(i + communicator.rank())).isEqualTo(i + 1);
            }
            return null;
        });
    }

    @Test
    void ranksOfOneMachineShareMemoryAndOthersDoNot() {
        List<PeerListener> listeners = Ranks.listeners(2);
        Group group = Ranks.group(listeners, 1, Ranks.options().build());
        Credentials credentials = new Credentials(group);
        SharedMemory offered = credentials.offerMemory(0, credentials.nonce()).orElseThrow();
        assertThat(offered.ringBytes()).isEqualTo(512 << 10);
        org.assertj.core.api.Assertions.assertThatCode(offered::unlink).doesNotThrowAnyException();
        Member elsewhere = Member.of(new java.net.InetSocketAddress("10.1.2.3", 4567));
        Group spread = new Group(
                "run-7",
                0,
                1,
                List.of(elsewhere, group.members().get(1)),
                Ranks.SECRET,
                Ranks.options().build());
        Credentials far = new Credentials(spread);
        assertThat(far.offerMemory(0, far.nonce())).isEmpty();
        listeners.forEach(PeerListener::close);
    }
}
