package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class CommunicatorLawsTest {
    private static final int[] LENGTHS = {0, 1, 2, 3, 5, 16, 17, 31, 97, 256, 1009, 10_007, 65_537};
    private static final int ROUNDS = 25;

    /** The definition of the result: one addition after the other. */
    private static float[] serialFold(List<float[]> contributions) {
        float[] sum = contributions.get(0).clone();
        for (float[] contribution : contributions.subList(1, contributions.size())) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] = sum[i] + contribution[i];
            }
        }
        return sum;
    }

    /** Magnitudes so different that every order of additions rounds differently; some zeros of both signs. */
    private static float[] values(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            float scale = (float) Math.pow(10, random.nextInt(9) - 4);
            values[i] = random.nextInt(20) == 0 ? -0.0f : (float) random.nextGaussian() * scale;
        }
        return values;
    }

    /** One all-reduce: every rank can compute its own and everybody's contributions from the seed. */
    private static final class Round {
        final List<List<float[]>> byRank = new ArrayList<>();
        final List<float[]> all = new ArrayList<>();
        final int length;

        Round(long seed, int worldSize, int lengths) {
            Random random = new Random(seed);
            length = LENGTHS[random.nextInt(lengths)];
            int sure = random.nextInt(worldSize);
            for (int rank = 0; rank < worldSize; rank++) {
                List<float[]> own = new ArrayList<>();
                int count = rank == sure ? 1 + random.nextInt(4) : random.nextInt(5);
                for (int i = 0; i < count; i++) {
                    own.add(values(random, length));
                }
                byRank.add(own);
                all.addAll(own);
            }
        }
    }

    private static void checkRound(Communicator communicator, Round round) {
        List<FloatBuffer> own = round.byRank.get(communicator.rank()).stream()
                .map(Ranks::vector)
                .toList();
        FloatBuffer result = Ranks.vector(round.length);
        communicator.allReduceSum(own, result);
        assertThat(Ranks.bits(result))
                .as("length %d, %d contributions", round.length, round.all.size())
                .isEqualTo(Ranks.bits(Ranks.vector(serialFold(round.all))));
        for (int i = 0; i < own.size(); i++) {
            assertThat(Ranks.bits(own.get(i)))
                    .isEqualTo(Ranks.bits(
                            Ranks.vector(round.byRank.get(communicator.rank()).get(i))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 64, 0",
        "1, 262144, 32768",
        "2, 64, 0",
        "2, 262144, 32768",
        "2, 1024, 256",
        "3, 64, 64",
        "3, 4096, 0",
        "4, 1024, 0",
        "4, 262144, 32768",
        "5, 4096, 128",
        "6, 64, 0",
        "6, 262144, 32768",
        "7, 4096, 1024",
        "8, 64, 4096",
        "9, 1024, 0"
    })
    void sumIsTheSerialFoldBitForBit(int worldSize, int chunkBytes, int smallVectorBytes) throws Exception {
        CommunicatorOptions options = Ranks.options()
                .optChunkBytes(chunkBytes)
                .optSmallVectorBytes(smallVectorBytes)
                .build();
        // Many tiny chunks take long and show nothing more.
        int lengths = chunkBytes < 1024 ? LENGTHS.length - 2 : LENGTHS.length;
        Ranks.values(worldSize, options, communicator -> {
            for (int i = 0; i < ROUNDS; i++) {
                checkRound(communicator, new Round(1000L * worldSize + i, worldSize, lengths));
            }
            return null;
        });
    }

    /** Where a rank contributes one vector, the result may be that very memory. */
    @ParameterizedTest
    @CsvSource({"1, 64, 0", "2, 64, 0", "2, 64, 32768", "3, 1024, 0", "4, 64, 32768", "5, 256, 128", "9, 64, 512"})
    void sumInPlaceIsTheSerialFoldBitForBit(int worldSize, int chunkBytes, int smallVectorBytes) throws Exception {
        CommunicatorOptions options = Ranks.options()
                .optChunkBytes(chunkBytes)
                .optSmallVectorBytes(smallVectorBytes)
                .build();
        Ranks.values(worldSize, options, communicator -> {
            for (int i = 0; i < ROUNDS; i++) {
                Round round = new Round(2000L * worldSize + i, worldSize, LENGTHS.length - 2);
                List<float[]> own = round.byRank.get(communicator.rank());
                FloatBuffer first = own.isEmpty() ? Ranks.vector(round.length) : Ranks.vector(own.get(0));
                List<FloatBuffer> contributions = new ArrayList<>();
                own.forEach(vector -> contributions.add(Ranks.vector(vector)));
                if (own.size() == 1) {
                    // A second view of the memory must do as well as the same object.
                    contributions.set(0, i % 2 == 0 ? first : first.duplicate());
                }
                communicator.allReduceSum(contributions, first);
                assertThat(Ranks.bits(first)).isEqualTo(Ranks.bits(Ranks.vector(serialFold(round.all))));
            }
            return null;
        });
    }

    @Test
    void localSumIsTheSerialFoldBitForBit() {
        try (Communicator communicator = Communicator.local()) {
            for (int i = 0; i < ROUNDS; i++) {
                checkRound(communicator, new Round(i, 1, LENGTHS.length));
            }
        }
    }

    @Test
    void testValuesTellOrdersApart() {
        List<float[]> forward = new Round(4, 4, LENGTHS.length).all;
        List<float[]> backward = new ArrayList<>(forward);
        Collections.reverse(backward);
        assertThat(serialFold(forward)).isNotEqualTo(serialFold(backward));
    }

    @ParameterizedTest
    @ValueSource(ints = {1009, 50_021})
    void worldsOfOneTwoAndFourGiveTheSameBits(int length) throws Exception {
        Random random = new Random(11);
        List<float[]> shards = new ArrayList<>();
        for (int shard = 0; shard < 4; shard++) {
            shards.add(values(random, length));
        }
        FloatBuffer expected = Ranks.vector(serialFold(shards));
        for (int worldSize : new int[] {1, 2, 4}) {
            int hosted = 4 / worldSize;
            List<FloatBuffer> results = Ranks.values(worldSize, Ranks.options().build(), communicator -> {
                int first = communicator.rank() * hosted;
                List<FloatBuffer> own = shards.subList(first, first + hosted).stream()
                        .map(Ranks::vector)
                        .toList();
                FloatBuffer result = Ranks.vector(length);
                communicator.allReduceSum(own, result);
                return result;
            });
            assertThat(results)
                    .allSatisfy(result -> assertThat(Ranks.bits(result)).isEqualTo(Ranks.bits(expected)));
        }
    }

    @Test
    void foldStartsFromTheFirstContributionItself() throws Exception {
        List<FloatBuffer> results = Ranks.values(2, Ranks.options().build(), communicator -> {
            List<FloatBuffer> own = communicator.rank() == 0 ? List.of() : List.of(Ranks.vector(-0.0f, 1));
            FloatBuffer result = Ranks.vector(2);
            communicator.allReduceSum(own, result);
            return result;
        });
        // 0 + -0 would be +0.
        assertThat(results)
                .allSatisfy(result -> assertThat(Ranks.bits(result))
                        .containsExactly(Float.floatToRawIntBits(-0.0f), Float.floatToRawIntBits(1)));
    }

    @Test
    void onlyTheRangeBetweenPositionAndLimitIsSummed() throws Exception {
        List<FloatBuffer> results = Ranks.values(2, Ranks.options().build(), communicator -> {
            FloatBuffer own = Ranks.vector(9, 1, 2, 9).position(1).limit(3);
            FloatBuffer result = Ranks.vector(7, 7, 7, 7).position(2);
            communicator.allReduceSum(List.of(own), result);
            assertThat(own.position()).isEqualTo(1);
            assertThat(own.limit()).isEqualTo(3);
            assertThat(result.position()).isEqualTo(2);
            return result;
        });
        assertThat(results).allSatisfy(result -> assertThat(result.rewind()).isEqualTo(Ranks.vector(7, 7, 2, 4)));
    }

    @Test
    void sumOfEightMegabytesOverThreeRanksIsExact() throws Exception {
        int length = (8 << 20) / Float.BYTES;
        List<FloatBuffer> results = Ranks.values(3, Ranks.options().build(), communicator -> {
            FloatBuffer own = Ranks.vector(length);
            for (int i = 0; i < length; i++) {
                own.put(i, i % 1000 + communicator.rank());
            }
            FloatBuffer result = Ranks.vector(length);
            communicator.allReduceSum(List.of(own), result);
            return result;
        });
        for (FloatBuffer result : results) {
            for (int i = 0; i < length; i++) {
                if (result.get(i) != 3 * (i % 1000) + 3) {
                    throw new AssertionError("Element " + i + " is " + result.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100_000})
    void sumOfNothingIsRefusedEverywhereAndLeavesTheCommunicatorUsable(int length) throws Exception {
        Ranks.values(3, Ranks.options().build(), communicator -> {
            assertThatThrownBy(() -> communicator.allReduceSum(List.of(), Ranks.vector(length)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot sum vectors of " + length
                            + " elements: no rank contributed one (0 contributions, expected >= 1 over all ranks)");
            communicator.barrier();
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void gatherGivesEveryRankAllValuesByRank(int worldSize) throws Exception {
        for (int unit : new int[] {0, 1, 37, 5_000, 700_001}) {
            List<List<byte[]>> gathered = Ranks.values(
                    worldSize,
                    Ranks.options().build(),
                    communicator -> communicator.allGather(pattern(communicator.rank(), unit)));
            for (List<byte[]> values : gathered) {
                assertThat(values).hasSize(worldSize);
                for (int rank = 0; rank < worldSize; rank++) {
                    assertThat(values.get(rank)).isEqualTo(pattern(rank, unit));
                }
            }
        }
    }

    private static byte[] pattern(int rank, int unit) {
        byte[] bytes = new byte[rank * unit];
        new Random(rank).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void broadcastGivesEveryRankTheRootsValue(int worldSize) throws Exception {
        Ranks.values(worldSize, Ranks.options().build(), communicator -> {
            for (int root = 0; root < worldSize; root++) {
                byte[] own = communicator.rank() == root ? pattern(root + 1, 300_001) : null;
                assertThat(communicator.broadcast(own, root)).isEqualTo(pattern(root + 1, 300_001));
            }
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6})
    void maxIsTheLargestOfAllRanks(int worldSize) throws Exception {
        List<Long> values = Ranks.values(worldSize, Ranks.options().build(), communicator -> {
            assertThat(communicator.allReduceMax(Long.MIN_VALUE + communicator.rank()))
                    .isEqualTo(Long.MIN_VALUE + worldSize - 1);
            return communicator.allReduceMax(-10L - communicator.rank());
        });
        assertThat(values).containsOnly(-10L);
    }

    @Test
    void barrierReturnsOnlyWhenAllHaveEntered() throws Exception {
        int worldSize = 4;
        AtomicInteger entered = new AtomicInteger();
        Ranks.values(worldSize, Ranks.options().build(), communicator -> {
            for (int round = 1; round <= 200; round++) {
                entered.incrementAndGet();
                communicator.barrier();
                assertThat(entered.get()).isGreaterThanOrEqualTo(round * worldSize);
            }
            return null;
        });
    }

    @Test
    void differentOperationsFollowEachOtherOnOneConnection() throws Exception {
        Ranks.values(3, Ranks.options().optChunkBytes(64).build(), communicator -> {
            for (int i = 0; i < 50; i++) {
                checkRound(communicator, new Round(i, 3, LENGTHS.length - 2));
                assertThat(communicator.allReduceMax(communicator.rank())).isEqualTo(2);
                assertThat(communicator.allGather(new byte[communicator.rank()]))
                        .hasSize(3);
                communicator.barrier();
            }
            return null;
        });
    }

    @Test
    void valuesThatTheOtherRanksHoldAreCopies() throws Exception {
        Ranks.values(2, Ranks.options().build(), communicator -> {
            byte[] own = {1};
            List<byte[]> gathered = communicator.allGather(own);
            own[0] = 2;
            assertThat(gathered.get(communicator.rank())).containsExactly(1);
            return null;
        });
    }
}
