package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * What every metric must obey, whatever it measures. A metric's test extends this class, says how to make rows, and
 * adds only the comparison of values with an independent source.
 *
 * @param <S> the metric's state
 */
public abstract class MetricLaws<S> {
    private static final int ROUNDS = 200;

    /** The metric under test. */
    protected abstract Metric<S> metric();

    /**
     * Random rows that the metric accepts. Their weights, if any, should be multiples of 1/4, so that sums of weights
     * are exact.
     */
    protected abstract MetricRows rows(Random random, int count);

    /** The state whose bytes of format version 1 stand in {@code /golden/metric/<name>-v1.hex}. */
    protected abstract S goldenState();

    /**
     * Whether the state holds counts and exact sums only, so that any order of merging gives the same bits; if not,
     * values agree to 1e-12 relative.
     */
    protected abstract boolean exact();

    @Test
    void zeroIsTheIdentityOnBothSides() {
        S state = stateOf(rows(new Random(1), 17));
        assertSame(metric().merge(metric().zero(), state), state);
        assertSame(metric().merge(state, metric().zero()), state);
        assertSame(metric().merge(metric().zero(), metric().zero()), metric().zero());
    }

    @Test
    void mergeIsAssociative() {
        Random random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            S a = randomState(random);
            S b = randomState(random);
            S c = randomState(random);
            S leftFirst = metric().merge(metric().merge(a, b), c);
            S rightFirst = metric().merge(a, metric().merge(b, c));
            assertEquivalent(leftFirst, rightFirst);
        }
    }

    @Test
    void mergeIsCommutative() {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            S a = randomState(random);
            S b = randomState(random);
            assertEquivalent(metric().merge(a, b), metric().merge(b, a));
        }
    }

    @Test
    void anySplitOverAnyRanksEqualsTheWhole() {
        Random random = new Random(4);
        for (int round = 0; round < ROUNDS; round++) {
            MetricRows rows = rows(random, 1 + random.nextInt(60));
            List<S> ranks = split(rows, randomCuts(random, rows.rows()), random);
            assertEquivalent(fold(ranks), stateOf(rows));
        }
    }

    @Test
    void oneRowPerRankEqualsTheWhole() {
        MetricRows rows = rows(new Random(5), 23);
        List<S> ranks = new ArrayList<>();
        for (int row = 0; row < rows.rows(); row++) {
            ranks.add(update(metric().zero(), rows, row, row + 1));
        }
        assertEquivalent(fold(ranks), stateOf(rows));
    }

    @Test
    void emptyRanksAndEmptyBatchesChangeNothing() {
        MetricRows rows = rows(new Random(6), 9);
        S whole = stateOf(rows);
        assertSame(fold(List.of(metric().zero(), whole, metric().zero(), metric().zero())), whole);
        assertSame(update(stateOf(rows), rows, 4, 4), whole);
    }

    @Test
    void theSameFoldGivesTheSameBits() {
        MetricRows rows = rows(new Random(7), 50);
        List<Integer> cuts = List.of(0, 7, 7, 30, 50);
        assertSame(fold(split(rows, cuts, new Random(8))), fold(split(rows, cuts, new Random(8))));
    }

    @Test
    void mergeLeavesItsInputsUnchanged() {
        Random random = new Random(9);
        S left = randomState(random);
        S right = randomState(random);
        byte[] leftBefore = metric().toBytes(left);
        byte[] rightBefore = metric().toBytes(right);
        MetricRows more = rows(random, 5);
        metric().update(metric().merge(left, right), more.all());
        metric().update(metric().merge(metric().zero(), right), more.all());
        metric().update(metric().merge(left, metric().zero()), more.all());
        assertThat(metric().toBytes(left)).isEqualTo(leftBefore);
        assertThat(metric().toBytes(right)).isEqualTo(rightBefore);
    }

    @Test
    void mergeOfAStateWithItselfCountsItTwice() {
        MetricRows rows = rows(new Random(10), 8);
        S state = stateOf(rows);
        S twice = update(stateOf(rows), rows, 0, rows.rows());
        assertEquivalent(metric().merge(state, state), twice);
    }

    @Test
    void computeIsRepeatableAndChangesNothing() {
        S state = stateOf(rows(new Random(11), 12));
        byte[] before = metric().toBytes(state);
        double first = metric().compute(state);
        assertThat(metric().compute(state)).isEqualTo(first);
        assertThat(metric().toBytes(state)).isEqualTo(before);
    }

    @Test
    void updateGoesOnAfterMergeAndCompute() {
        MetricRows rows = rows(new Random(12), 30);
        S merged = metric().merge(update(metric().zero(), rows, 0, 10), update(metric().zero(), rows, 10, 20));
        metric().compute(merged);
        assertEquivalent(update(merged, rows, 20, 30), stateOf(rows));
    }

    @Test
    void computeBeforeAnyRowIsRefused() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> metric().compute(metric().zero()))
                .withMessage("Cannot compute " + metric().name() + ": no rows yet");
    }

    @Test
    void bytesMakeTheRoundTrip() {
        Random random = new Random(13);
        assertSame(metric().fromBytes(metric().toBytes(metric().zero())), metric().zero());
        for (int round = 0; round < ROUNDS; round++) {
            S state = randomState(random);
            S copy = metric().fromBytes(metric().toBytes(state));
            assertSame(copy, state);
            MetricRows more = rows(random, 3);
            assertSame(update(copy, more, 0, 3), update(state, more, 0, 3));
        }
    }

    @Test
    void bytesOfVersion1AreGolden() throws IOException {
        byte[] golden = golden();
        assertThat(metric().toBytes(goldenState()))
                .asHexString()
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(golden));
        assertThat(metric().compute(metric().fromBytes(golden))).isEqualTo(metric().compute(goldenState()));
    }

    private byte[] golden() throws IOException {
        String resource = "/golden/metric/" + metric().name() + "-v1.hex";
        try (InputStream stream = MetricLaws.class.getResourceAsStream(resource)) {
            assertThat(stream).as(resource).isNotNull();
            return HexFormat.of().parseHex(new String(stream.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    @Test
    void bytesOfAnotherVersionAreRefused() {
        byte[] bytes = metric().toBytes(metric().zero());
        bytes[4] = 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric().fromBytes(bytes))
                .withMessage(
                        "Cannot read state of metric " + metric().name() + ": other format version (2, expected 1)");
    }

    @Test
    void anyChangedByteIsRefused() {
        byte[] bytes = metric().toBytes(randomState(new Random(14)));
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            assertRefused(damaged);
        }
    }

    @Test
    void missingAndAddedBytesAreRefused() {
        byte[] bytes = metric().toBytes(randomState(new Random(15)));
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length));
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
    }

    private void assertRefused(byte[] bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric().fromBytes(bytes))
                .withMessageStartingWith("Cannot read state of metric " + metric().name() + ": ");
    }

    private S stateOf(MetricRows rows) {
        return update(metric().zero(), rows, 0, rows.rows());
    }

    private S randomState(Random random) {
        return stateOf(rows(random, 1 + random.nextInt(20)));
    }

    private S update(S state, MetricRows rows, int from, int to) {
        metric().update(state, rows.slice(from, to));
        return state;
    }

    /** 2 to 7 ranks, some of them empty: where each begins, and the end. */
    private static List<Integer> randomCuts(Random random, int rows) {
        List<Integer> cuts = new ArrayList<>(List.of(0, rows));
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            cuts.add(random.nextInt(rows + 1));
        }
        cuts.sort(null);
        return cuts;
    }

    /** One state per rank, each updated in batches of random sizes. */
    private List<S> split(MetricRows rows, List<Integer> cuts, Random random) {
        List<S> ranks = new ArrayList<>();
        for (int rank = 0; rank + 1 < cuts.size(); rank++) {
            S state = metric().zero();
            int end = cuts.get(rank + 1);
            for (int from = cuts.get(rank); from < end; ) {
                int to = from + 1 + random.nextInt(end - from);
                update(state, rows, from, to);
                from = to;
            }
            ranks.add(state);
        }
        return ranks;
    }

    private S fold(List<S> ranks) {
        S whole = metric().zero();
        for (S rank : ranks) {
            whole = metric().merge(whole, rank);
        }
        return whole;
    }

    private void assertSame(S actual, S expected) {
        assertThat(metric().toBytes(actual)).isEqualTo(metric().toBytes(expected));
    }

    private void assertEquivalent(S actual, S expected) {
        if (exact()) {
            assertSame(actual, expected);
            return;
        }
        double value = computeOrNaN(expected);
        assertThat(computeOrNaN(actual)).isCloseTo(value, Offset.offset(1e-12 * Math.abs(value)));
    }

    /** NaN where all weights were 0. */
    private double computeOrNaN(S state) {
        try {
            return metric().compute(state);
        } catch (NotComputableException e) {
            return Double.NaN;
        }
    }
}
