package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks on several hosts, which differ by name only: every algorithm has to give the same bits. */
@Timeout(120)
final class HostChainTest {
    private static final int[] LENGTHS = {0, 1, 2, 3, 5, 31, 97, 1009, 5003};

    /** Hosts as letters, one for each rank: "aab" is two ranks on one host and one on another. */
    private static void run(String hosts, ReductionAlgorithm algorithm, CommunicatorOptions options, Body body)
            throws Exception {
        List<PeerListener> listeners = Ranks.listeners(hosts.length());
        List<Member> members = new ArrayList<>();
        for (int rank = 0; rank < hosts.length(); rank++) {
            members.add(new Member(
                    String.valueOf(hosts.charAt(rank)), listeners.get(rank).address()));
        }
        List<FutureTask<Object>> tasks = new ArrayList<>();
        for (int rank = 0; rank < hosts.length(); rank++) {
            PeerListener listener = listeners.get(rank);
            Group group = new Group(
                    "run-7",
                    0,
                    rank,
                    members,
                    Ranks.SECRET,
                    options.toBuilder().optAlgorithm(algorithm).build());
            tasks.add(Ranks.start("rank " + rank, () -> {
                try (Communicator communicator = listener.connect(group)) {
                    body.run(communicator);
                }
                return null;
            }));
        }
        for (FutureTask<Object> task : tasks) {
            Throwable failure = Ranks.outcome(task).failure();
            if (failure != null) {
                throw new AssertionError("A rank failed", failure);
            }
        }
    }

    @Test
    void ranksKnowWhetherTheyShareAMachineAndGroupsDoToo() throws Exception {
        run("aab", ReductionAlgorithm.AUTO, Ranks.options().build(), communicator -> {
            assertThat(communicator.isOnOneMachine()).isFalse();
            assertThat(communicator.split(communicator.rank() / 2).isOnOneMachine())
                    .isTrue();
        });
        run(
                "aa",
                ReductionAlgorithm.AUTO,
                Ranks.options().build(),
                communicator -> assertThat(communicator.isOnOneMachine()).isTrue());
    }

    private interface Body {
        void run(Communicator communicator) throws Exception;
    }

    private static FloatBuffer values(long seed, int length) {
        Random random = new Random(seed);
        FloatBuffer values = Ranks.vector(length);
        for (int i = 0; i < length; i++) {
            float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
            values.put(i, random.nextInt(20) == 0 ? -0.0f : value);
        }
        return values;
    }

    /** Some ranks contribute nothing, and sometimes all of a host's. */
    private static int contributions(int seed, int rank) {
        return new Random(seed).nextInt(3) == 0 && rank < 2 ? 0 : (seed + rank) % 3;
    }

    private static int[] serialFold(int seed, int worldSize, int length) {
        FloatBuffer sum = null;
        for (int rank = 0; rank < worldSize; rank++) {
            for (int i = 0; i < contributions(seed, rank); i++) {
                FloatBuffer next = values(seed * 100L + rank * 10L + i, length);
                for (int at = 0; sum != null && at < length; at++) {
                    next.put(at, sum.get(at) + next.get(at));
                }
                sum = next;
            }
        }
        return sum == null ? null : Ranks.bits(sum);
    }

    private static void checkSum(Communicator communicator, int seed, int length) {
        int rank = communicator.rank();
        int count = contributions(seed, rank);
        List<FloatBuffer> own = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            own.add(values(seed * 100L + rank * 10L + i, length));
        }
        FloatBuffer result = count == 1 && seed % 2 == 0 ? own.get(0) : Ranks.vector(length);
        int[] expected = serialFold(seed, communicator.worldSize(), length);
        if (expected == null) {
            assertThatThrownBy(() -> communicator.allReduceSum(own, result))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no rank contributed one");
        } else {
            communicator.allReduceSum(own, result);
            assertThat(Ranks.bits(result))
                    .as("seed %d, length %d", seed, length)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "aab", "abb", "abc", "aabb", "aaabb", "aabcc", "aabbccdd", "aaabbbccc", "abab"})
    void sumAlongTheHostsIsTheSerialFoldBitForBit(String hosts) throws Exception {
        CommunicatorOptions options =
                Ranks.options().optChunkBytes(64).optSmallVectorBytes(0).build();
        run(hosts, ReductionAlgorithm.HOST_CHAIN, options, communicator -> {
            for (int seed = 0; seed < 12; seed++) {
                checkSum(communicator, seed, LENGTHS[seed % LENGTHS.length]);
            }
            checkSum(communicator, 13, 1009);
            communicator.barrier();
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyAlgorithmGivesTheSameBits(ReductionAlgorithm algorithm) throws Exception {
        run("aabb", algorithm, Ranks.options().build(), communicator -> {
            for (int seed = 1; seed < 4; seed++) {
                checkSum(communicator, seed, 300_007);
            }
        });
    }

    @Test
    void otherOperatorsTakeTheSameWay() throws Exception {
        CommunicatorOptions options =
                Ranks.options().optChunkBytes(64).optSmallVectorBytes(0).build();
        run("aabb", ReductionAlgorithm.HOST_CHAIN, options, communicator -> {
            double[] own = {communicator.rank(), -communicator.rank(), 7};
            DoubleBuffer values = ByteBuffer.allocateDirect(24)
                    .order(ByteOrder.nativeOrder())
                    .asDoubleBuffer()
                    .put(0, own);
            communicator.allReduce(ReduceOperator.MAX, values);
            assertThat(values.get(0)).isEqualTo(3);
            assertThat(values.get(1)).isZero();
            assertThat(values.get(2)).isEqualTo(7);
        });
    }

    @Test
    void groupsKnowTheirHosts() throws Exception {
        CommunicatorOptions options =
                Ranks.options().optChunkBytes(64).optSmallVectorBytes(0).build();
        run("aaabbb", ReductionAlgorithm.HOST_CHAIN, options, communicator -> {
            Communicator group = communicator.split(communicator.rank() % 3 == 0 ? 0 : 1);
            for (int seed = 3; seed < 8; seed++) {
                checkSum(group, seed, 1009);
                checkSum(communicator, seed, 97);
            }
        });
    }

    @Test
    void rankThatLeavesEndsTheSumOfAllOthers() throws Exception {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        run("aabb", ReductionAlgorithm.HOST_CHAIN, Ranks.options().build(), communicator -> {
            communicator.barrier();
            if (communicator.rank() != 3) {
                FloatBuffer values = Ranks.vector(1_000_000);
                try {
                    communicator.allReduceSum(List.of(values), values);
                } catch (CommunicationException e) {
                    failures.add(e);
                }
            }
        });
        assertThat(failures).hasSize(3);
    }
}
