package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeededPermutationTest {
    @Test
    void everySizeUpTo300IsABijection() {
        for (int n = 0; n <= 300; n++) {
            assertBijection(n, 42 + n);
        }
    }

    @Test
    void largerSizesArePermutedWithoutGapOrRepeat() {
        for (int n : new int[] {997, 1024, 4093, 65_536, 65_537, 99_991, 1_000_000}) {
            assertBijection(n, n);
        }
    }

    @Test
    void ordersAreThoseThatTheDefinitionGivesInPython() throws IOException {
        List<String[]> facts = Facts.read("permutation.csv");
        assertThat(facts).hasSizeGreaterThan(90);
        for (String[] fact : facts) {
            SeededPermutation order = new SeededPermutation(
                    Long.parseLong(fact[0]),
                    Long.parseLong(fact[1]),
                    Integer.parseInt(fact[2]),
                    Integer.parseInt(fact[3]));
            assertThat(order.at(Long.parseLong(fact[4])))
                    .as(String.join(",", fact))
                    .isEqualTo(Long.parseLong(fact[5]));
        }
    }

    @Test
    void seedEpochAndShardEachGiveAnotherOrder() {
        long[] order = order(1000, 42, 1, 0);
        assertThat(order(1000, 42, 1, 0)).isEqualTo(order);
        for (long[] other : List.of(order(1000, 43, 1, 0), order(1000, 42, 2, 0), order(1000, 42, 1, 1))) {
            long fixed = LongStream.range(0, 1000)
                    .filter(i -> order[(int) i] == other[(int) i])
                    .count();
            // Two independent orders agree at one position on average; the count is nearly Poisson(1).
            assertThat(fixed).isLessThan(8);
        }
        // What one takes the other must not take over.
        assertThat(order(1000, 42, 0, 1)).isNotEqualTo(order(1000, 42, 1, 0));
    }

    @Test
    void everyOrderOfFourRowsIsEquallyLikely() {
        Map<List<Long>, Integer> counts = new HashMap<>();
        int epochs = 24_000;
        for (int epoch = 0; epoch < epochs; epoch++) {
            SeededPermutation order = new SeededPermutation(4, 7, epoch, 0);
            counts.merge(List.of(order.at(0), order.at(1), order.at(2), order.at(3)), 1, Integer::sum);
        }
        assertThat(counts).hasSize(24);
        assertUniform(counts.values().stream().mapToInt(Integer::intValue).toArray(), epochs);
    }

    @Test
    void firstAndMiddleAndLastPositionAreUniform() {
        for (int n : new int[] {7, 10, 97, 100}) {
            for (int position : new int[] {0, n / 2, n - 1}) {
                int[] counts = new int[n];
                for (int epoch = 0; epoch < 1000 * n; epoch++) {
                    counts[(int) new SeededPermutation(n, 11, epoch, 0).at(position)]++;
                }
                assertUniform(counts, 1000 * n);
            }
        }
    }

    @Test
    void neighboursAreUniformlyFarApart() {
        int n = 50;
        int[] counts = new int[n - 1];
        int pairs = 0;
        for (int epoch = 0; epoch < 4000; epoch++) {
            long[] order = order(n, 5, epoch, 3);
            for (int i = 0; i + 1 < n; i += 2, pairs++) {
                counts[(int) Math.floorMod(order[i + 1] - order[i], (long) n) - 1]++;
            }
        }
        assertUniform(counts, pairs);
    }

    @Test
    void rowsMoveAThirdOfTheWayOnAverage() {
        for (int n : new int[] {1000, 65_536, 1_000_003}) {
            Random random = new Random(n);
            double displacement = 0;
            int samples = 100_000;
            SeededPermutation order = new SeededPermutation(n, 42, 1, 0);
            for (int i = 0; i < samples; i++) {
                int index = random.nextInt(n);
                displacement += Math.abs(order.at(index) - index) / (double) n;
            }
            // Standard deviation of |u - v| is sqrt(1/18), of the mean for n = 1000 rows 0.0075.
            assertThat(displacement / samples).isCloseTo(1 / 3.0, within(0.02));
        }
    }

    @Test
    void positionAndRowAreNotCorrelated() {
        int n = 100_000;
        double middle = (n - 1) / 2.0;
        for (int epoch = 0; epoch < 5; epoch++) {
            double sum = 0;
            double lagged = 0;
            long[] order = order(n, 42, epoch, 0);
            for (int i = 1; i < n; i++) {
                sum += (i - middle) * (order[i] - middle);
                lagged += (order[i - 1] - middle) * (order[i] - middle);
            }
            double variance = n * (double) n / 12;
            // Standard deviation of a correlation of independent values is 1 / sqrt(n) = 0.0032.
            assertThat(sum / n / variance).isCloseTo(0, within(0.016));
            assertThat(lagged / n / variance).isCloseTo(0, within(0.016));
        }
    }

    @Test
    void hugeSizesStayInRangeAndDontRepeat() {
        SeededPermutation order = new SeededPermutation(SeededPermutation.MAX_ROWS, 42, 1, 0);
        List<Long> rows =
                LongStream.range(0, 100_000).map(order::at).distinct().boxed().toList();
        assertThat(rows).hasSize(100_000).allMatch(row -> row >= 0 && row < SeededPermutation.MAX_ROWS);
    }

    @Test
    void sizesAndPositionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SeededPermutation(-1, 0, 0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot shuffle shard 3: -1 rows (expected 0 to 2^48)");
        assertThatThrownBy(() -> new SeededPermutation((1L << 48) + 1, 0, 0, 3))
                .hasMessage("Cannot shuffle shard 3: 281474976710657 rows (expected 0 to 2^48)");
        assertThatThrownBy(() -> new SeededPermutation(5, 0, 0, 0).at(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new SeededPermutation(0, 0, 0, 0).at(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void assertBijection(int n, long seed) {
        BitSet seen = new BitSet(n);
        SeededPermutation order = new SeededPermutation(n, seed, 1, 0);
        for (int i = 0; i < n; i++) {
            long row = order.at(i);
            if (row < 0 || row >= n || seen.get((int) row)) {
                throw new AssertionError("row " + row + " of " + n + " at " + i);
            }
            seen.set((int) row);
        }
        assertThat(seen.cardinality()).isEqualTo(n);
    }

    private static long[] order(int n, long seed, int epoch, int shard) {
        return LongStream.range(0, n)
                .map(new SeededPermutation(n, seed, epoch, shard)::at)
                .toArray();
    }

    /** Chi-square within four standard deviations of its mean, which is k - 1 with variance 2 (k - 1). */
    private static void assertUniform(int[] counts, int total) {
        double expected = total / (double) counts.length;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        double freedom = counts.length - 1;
        assertThat(chiSquare).isBetween(freedom - 4 * Math.sqrt(2 * freedom), freedom + 4 * Math.sqrt(2 * freedom));
    }
}
