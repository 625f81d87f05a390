package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicContainer;

/**
 * What every metric must obey, whatever it measures. A test of metrics returns {@link #of} from a {@code @TestFactory}, and adds
 * only the comparison of values with an independent source: {@link MetricFacts}.
 *
 * @param <S> the metric's state
 */
public final class MetricLaws<S> {
    private static final int ROUNDS = 50;

    private final LawCase<S> law;

    private MetricLaws(LawCase<S> law) {
        this.law = law;
    }

    /** The laws of each of these metrics. */
    public static Stream<DynamicContainer> of(LawCase<?>... cases) {
        return Stream.of(cases).map(law -> new MetricLaws<>(law).container());
    }

    private DynamicContainer container() {
        return dynamicContainer(
                metric().name(),
                List.of(
                        dynamicTest("zeroIsTheIdentityOnBothSides", this::zeroIsTheIdentityOnBothSides),
                        dynamicTest("mergeIsAssociative", this::mergeIsAssociative),
                        dynamicTest("mergeIsCommutative", this::mergeIsCommutative),
                        dynamicTest("anySplitOverAnyRanksEqualsTheWhole", this::anySplitOverAnyRanksEqualsTheWhole),
                        dynamicTest("oneRowPerRankEqualsTheWhole", this::oneRowPerRankEqualsTheWhole),
                        dynamicTest(
                                "emptyRanksAndEmptyBatchesChangeNothing", this::emptyRanksAndEmptyBatchesChangeNothing),
                        dynamicTest("theSameFoldGivesTheSameBits", this::theSameFoldGivesTheSameBits),
                        dynamicTest("mergeLeavesItsInputsUnchanged", this::mergeLeavesItsInputsUnchanged),
                        dynamicTest("mergeOfAStateWithItselfCountsItTwice", this::mergeOfAStateWithItselfCountsItTwice),
                        dynamicTest("computeIsRepeatableAndChangesNothing", this::computeIsRepeatableAndChangesNothing),
                        dynamicTest("updateGoesOnAfterMergeAndCompute", this::updateGoesOnAfterMergeAndCompute),
                        dynamicTest("computeBeforeAnyRowIsRefused", this::computeBeforeAnyRowIsRefused),
                        dynamicTest("bytesMakeTheRoundTrip", this::bytesMakeTheRoundTrip),
                        dynamicTest("bytesOfVersion1AreGolden", this::bytesOfVersion1AreGolden),
                        dynamicTest("bytesOfAnotherVersionAreRefused", this::bytesOfAnotherVersionAreRefused),
                        dynamicTest("anyChangedByteIsRefused", this::anyChangedByteIsRefused),
                        dynamicTest("missingAndAddedBytesAreRefused", this::missingAndAddedBytesAreRefused)));
    }

    private Metric<S> metric() {
        return law.metric();
    }

    private MetricRows rows(Random random, int count) {
        return law.rows().rows(random, count);
    }

    private void zeroIsTheIdentityOnBothSides() {
        S state = stateOf(rows(new Random(1), 17));
        assertSame(metric().merge(metric().zero(), state), state);
        assertSame(metric().merge(state, metric().zero()), state);
        assertSame(metric().merge(metric().zero(), metric().zero()), metric().zero());
    }

    private void mergeIsAssociative() {
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

    private void mergeIsCommutative() {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            S a = randomState(random);
            S b = randomState(random);
            assertEquivalent(metric().merge(a, b), metric().merge(b, a));
        }
    }

    private void anySplitOverAnyRanksEqualsTheWhole() {
        Random random = new Random(4);
        for (int round = 0; round < ROUNDS; round++) {
            MetricRows rows = rows(random, 1 + random.nextInt(60));
            List<S> ranks = split(rows, randomCuts(random, rows.rows()), random);
            assertEquivalent(fold(ranks), stateOf(rows));
        }
    }

    private void oneRowPerRankEqualsTheWhole() {
        MetricRows rows = rows(new Random(5), 23);
        List<S> ranks = new ArrayList<>();
        for (int row = 0; row < rows.rows(); row++) {
            ranks.add(update(metric().zero(), rows, row, row + 1));
        }
        assertEquivalent(fold(ranks), stateOf(rows));
    }

    private void emptyRanksAndEmptyBatchesChangeNothing() {
        MetricRows rows = rows(new Random(6), 9);
        S whole = stateOf(rows);
        assertSame(fold(List.of(metric().zero(), whole, metric().zero(), metric().zero())), whole);
        assertSame(update(stateOf(rows), rows, 4, 4), whole);
    }

    private void theSameFoldGivesTheSameBits() {
        MetricRows rows = rows(new Random(7), 50);
        List<Integer> cuts = List.of(0, 7, 7, 30, 50);
        assertSame(fold(split(rows, cuts, new Random(8))), fold(split(rows, cuts, new Random(8))));
    }

    private void mergeLeavesItsInputsUnchanged() {
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

    private void mergeOfAStateWithItselfCountsItTwice() {
        MetricRows rows = rows(new Random(10), 8);
        S state = stateOf(rows);
        S twice = update(stateOf(rows), rows, 0, rows.rows());
        assertEquivalent(metric().merge(state, state), twice);
    }

    private void computeIsRepeatableAndChangesNothing() {
        S state = stateOf(rows(new Random(11), 12));
        byte[] before = metric().toBytes(state);
        Map<String, Double> first = valuesOf(state);
        assertThat(valuesOf(state)).isEqualTo(first);
        assertThat(metric().toBytes(state)).isEqualTo(before);
    }

    private void updateGoesOnAfterMergeAndCompute() {
        MetricRows rows = rows(new Random(12), 30);
        S merged = metric().merge(update(metric().zero(), rows, 0, 10), update(metric().zero(), rows, 10, 20));
        valuesOf(merged);
        assertEquivalent(update(merged, rows, 20, 30), stateOf(rows));
    }

    private void computeBeforeAnyRowIsRefused() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> metric().compute(metric().zero()))
                .withMessage("Cannot compute " + metric().name() + ": no rows yet");
    }

    private void bytesMakeTheRoundTrip() {
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

    private void bytesOfVersion1AreGolden() throws IOException {
        byte[] golden = golden();
        S state = law.golden().get();
        assertThat(metric().toBytes(state))
                .asHexString()
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(golden));
        assertThat(valuesOf(metric().fromBytes(golden))).isEqualTo(valuesOf(state));
    }

    /** Bytes of a new metric are written once, into the folder that {@code -Dfiresteel.golden=…} names, and kept for good. */
    private byte[] golden() throws IOException {
        String file = metric().stateName().replaceAll("[^A-Za-z0-9.=-]", "_") + "-v1.hex";
        String folder = System.getProperty("firesteel.golden");
        if (folder != null && !Files.exists(Path.of(folder, file))) {
            Files.writeString(
                    Path.of(folder, file),
                    HexFormat.of().formatHex(metric().toBytes(law.golden().get())));
        }
        try (InputStream stream = MetricLaws.class.getResourceAsStream("/golden/metric/" + file)) {
            assertThat(stream).as(file).isNotNull();
            return HexFormat.of().parseHex(new String(stream.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    private void bytesOfAnotherVersionAreRefused() {
        byte[] bytes = metric().toBytes(metric().zero());
        bytes[4] = 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric().fromBytes(bytes))
                .withMessage("Cannot read state of metric " + metric().stateName()
                        + ": other format version (2, expected 1)");
    }

    private void anyChangedByteIsRefused() {
        byte[] bytes = metric().toBytes(randomState(new Random(14)));
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            assertRefused(damaged);
        }
    }

    private void missingAndAddedBytesAreRefused() {
        byte[] bytes = metric().toBytes(randomState(new Random(15)));
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length));
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
    }

    private void assertRefused(byte[] bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric().fromBytes(bytes))
                .withMessageStartingWith("Cannot read state of metric " + metric().stateName() + ": ");
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
        if (law.tolerance() == 0) {
            assertSame(actual, expected);
            return;
        }
        Map<String, Double> values = valuesOf(expected);
        Map<String, Double> others = valuesOf(actual);
        assertThat(others.keySet()).isEqualTo(values.keySet());
        values.forEach((name, value) -> assertThat(others.get(name))
                .as(name)
                .isCloseTo(value, Offset.offset(law.tolerance() * Math.max(1, Math.abs(value)))));
    }

    /** Nothing where these rows have no value, as if all weights are 0. */
    private Map<String, Double> valuesOf(S state) {
        try {
            return metric().compute(state).flatten("");
        } catch (NotComputableException e) {
            return Map.of();
        }
    }
}
