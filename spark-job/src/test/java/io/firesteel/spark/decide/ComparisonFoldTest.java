package io.firesteel.spark.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.decide.Comparison.ModelResult;
import io.firesteel.spark.decide.Comparison.Slice;
import io.firesteel.spark.decide.Resampled.Interval;
import io.firesteel.spark.predict.ScoredBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonFoldTest {
    private static final List<Contestant> TWO = List.of(Contestant.candidate("new"), Contestant.champion("old"));

    private static Comparison compare(
            ScoredRows rows, PromotionRules rules, List<Contestant> models, String... metrics) {
        ComparisonFold fold = new ComparisonFold(ComparisonPlan.of(rules, models, List.of(metrics), 3));
        return fold.compute(fold.fold(rows.batches()));
    }

    private static Comparison compare(ScoredRows rows, PromotionRules rules) {
        return compare(rows, rules, TWO);
    }

    private static double[] noise(Random random, int rows, double[] around, double scale) {
        double[] values = new double[rows];
        Arrays.setAll(values, i -> (around.length == 0 ? 0 : around[i]) + scale * random.nextGaussian());
        return values;
    }

    @Test
    void squaredErrorsDifferAsScipySays() {
        JsonNode fact = ComparisonFacts.read("squaredErrors");
        ScoredRows rows = ScoredRows.ofNumbers(ComparisonFacts.numbers(fact.get("target")))
                .model(ComparisonFacts.numbers(fact.get("first")))
                .model(ComparisonFacts.numbers(fact.get("second")));
        assertIsNear(fact, compare(rows, Rules.by("mse").resamples(10_000).build()));
    }

    @Test
    void areasUnderCurvesDifferAsScipySays() {
        JsonNode fact = ComparisonFacts.read("areas");
        ScoredRows rows = ScoredRows.ofClasses(ComparisonFacts.numbers(fact.get("label")))
                .model(ComparisonFacts.numbers(fact.get("first")))
                .model(ComparisonFacts.numbers(fact.get("second")));
        assertIsNear(fact, compare(rows, Rules.by("auc").resamples(10_000).build()));
    }

    /** A Poisson number of rows scatters a little more than a fixed one; and both are drawn at random. */
    private static void assertIsNear(JsonNode fact, Comparison comparison) {
        Resampled size = comparison.improvement("new", "old").orElseThrow().size();
        double low = fact.get("low").asDouble();
        double high = fact.get("high").asDouble();
        assertThat(size.estimate()).isCloseTo(fact.get("estimate").asDouble(), within(1e-12));
        Interval interval = size.interval(0.95);
        assertThat(interval.low()).isCloseTo(low, within(0.05 * (high - low)));
        assertThat(interval.high()).isCloseTo(high, within(0.05 * (high - low)));
    }

    /** Squared errors of scale 1.2 and 1: 0.44 apart. 95 % of 200 are 190, give or take 3. */
    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        Random random = new Random(11);
        int held = 0;
        for (int set = 0; set < 200; set++) {
            double[] target = noise(random, 200, new double[0], 1);
            ScoredRows rows = ScoredRows.ofNumbers(target)
                    .model(noise(random, 200, target, 1))
                    .model(noise(random, 200, target, 1.2));
            Interval interval = compare(rows, Rules.by("mse").resamples(400).build())
                    .improvement("new", "old")
                    .orElseThrow()
                    .size()
                    .interval(0.95);
            held += interval.low() <= 0.44 && 0.44 <= interval.high() ? 1 : 0;
        }
        assertThat(held).isBetween(179, 199);
    }

    private static ScoredRows random(int count, long seed) {
        Random random = new Random(seed);
        double[] labels = new double[count];
        String[] regions = new String[count];
        Arrays.setAll(labels, i -> random.nextInt(2));
        Arrays.setAll(regions, i -> "r" + random.nextInt(3));
        double[] logits = Arrays.stream(labels).map(label -> 2 * label - 1).toArray();
        return ScoredRows.ofClasses(labels)
                .model(noise(random, count, logits, 1.5))
                .model(noise(random, count, logits, 2))
                .group(regions);
    }

    @Test
    void howRowsAreSplitDoesNotMatter() {
        ScoredRows rows = random(1001, 5);
        ComparisonFold fold = new ComparisonFold(ComparisonPlan.of(
                Rules.by("auc").slice("region", 0, 1).resamples(100).build(), TWO, List.of("accuracy"), 3));
        Comparison whole = fold.compute(fold.fold(rows.batches()));
        ComparisonState parts = new ComparisonState(fold.plan());
        int[] cuts = {0, 0, 1, 500, 1001};
        for (int i = 0; i + 1 < cuts.length; i++) {
            byte[] bytes = fold.fold(rows.batches(cuts[i], cuts[i + 1])).toBytes();
            parts = fold.merge(parts, ComparisonState.of(fold.plan(), bytes));
        }
        Comparison merged = fold.compute(parts);
        assertThat(merged.rows()).isEqualTo(1001);
        for (int model = 0; model < 2; model++) {
            assertThat(merged.models().get(model).value())
                    .isCloseTo(whole.models().get(model).value(), within(1e-12));
            assertThat(merged.models().get(model).interval())
                    .isEqualTo(whole.models().get(model).interval());
        }
        assertThat(merged.slices()).hasSameSizeAs(whole.slices());
        for (int slice = 0; slice < 3; slice++) {
            assertThat(merged.slices().get(slice).rows())
                    .isEqualTo(whole.slices().get(slice).rows());
            assertThat(merged.slices().get(slice).improvements().get(0).size().interval(0.9))
                    .isEqualTo(whole.slices()
                            .get(slice)
                            .improvements()
                            .get(0)
                            .size()
                            .interval(0.9));
        }
    }

    /** 3 of 4 rows right and 2 of 4; in a: 1 of 2 and 2 of 2. */
    @Test
    void valuesAreThoseOfAllRowsAndOfEachPart() {
        ScoredRows rows = ScoredRows.ofClasses(1, 0, 1, 0)
                .model(-1, -1, 1, -1)
                .model(1, -1, -1, 1)
                .group("a", "a", "b", "b");
        Comparison comparison =
                compare(rows, Rules.by("accuracy").slice("where", 0, 1).build(), TWO, "accuracy", "e=1-accuracy");
        assertThat(comparison.models()).extracting(ModelResult::value).containsExactly(0.75, 0.5);
        assertThat(comparison.models().get(1).metrics().get("e").number()).isEqualTo(0.5);
        assertThat(comparison.slices()).extracting(Slice::value).containsExactly("a", "b");
        assertThat(comparison.slices().get(0).values()).containsExactly(0.5, 1.0);
        assertThat(comparison.slices().get(0).improvements().get(0).size().estimate())
                .isEqualTo(-0.5);
        assertThat(comparison.slices().get(1).values()).containsExactly(1.0, 0.0);
    }

    /** Rows of weight 0 count for nothing. */
    @Test
    void weightsCount() {
        ScoredRows rows =
                ScoredRows.ofNumbers(0, 0, 0).model(1, 2, 9).model(3, 3, 0).weights(1, 2, 0);
        Comparison comparison = compare(rows, Rules.by("meanAbsoluteError").build());
        assertThat(comparison.models().get(0).value()).isCloseTo(5.0 / 3, within(1e-12));
        assertThat(comparison.improvement("new", "old").orElseThrow().size().estimate())
                .isCloseTo(3 - 5.0 / 3, within(1e-12));
    }

    @Test
    void modelsThatAreEqualDifferInNoResample() {
        double[] scores = noise(new Random(1), 300, new double[0], 1);
        double[] labels =
                Arrays.stream(scores).map(score -> score > 0.3 ? 1 : 0).toArray();
        Resampled size = compare(
                        ScoredRows.ofClasses(labels).model(scores).model(scores),
                        Rules.by("auc").build())
                .improvement("new", "old")
                .orElseThrow()
                .size();
        assertThat(size.interval(0.99)).isEqualTo(new Interval(0, 0));
    }

    /** The share of resamples without the only positive row is e^-1. */
    @Test
    void resamplesOfOneClassAreUndefined() {
        double[] labels = new double[50];
        labels[7] = 1;
        double[] scores = noise(new Random(2), 50, labels, 1);
        Resampled size = compare(
                        ScoredRows.ofClasses(labels).model(scores).model(labels),
                        Rules.by("auc").build())
                .improvement("new", "old")
                .orElseThrow()
                .size();
        assertThat(size.undefinedShare()).isCloseTo(Math.exp(-1), within(0.08));
    }

    @Test
    void discordantRowsAreCountedForMcnemarsTest() {
        ScoredRows rows =
                ScoredRows.ofClasses(1, 1, 1, 0, 0).model(1, 1, -1, -1, 1).model(1, -1, -1, 1, -1);
        Comparison comparison = compare(rows, Rules.by("accuracy").mcnemar().build());
        assertThat(comparison.improvement("new", "old").orElseThrow().aloneRight())
                .contains(new AloneRight(2, 1));
    }

    @Test
    void severalCandidatesAndABaselineAreCompared() {
        ScoredRows rows = ScoredRows.ofNumbers(1, 2, 3)
                .model(1, 2, 4)
                .model(1, 2, 3)
                .model(2, 3, 4)
                .model(0, 0, 0);
        Comparison comparison = compare(
                rows,
                Rules.by("mse").build(),
                List.of(
                        Contestant.candidate("a"),
                        Contestant.candidate("b"),
                        Contestant.champion("c"),
                        Contestant.baseline("d")));
        assertThat(comparison.improvements())
                .extracting(improvement -> improvement.of() + improvement.over())
                .containsExactly("ac", "ad", "bc", "bd", "cd");
        assertThat(comparison.candidates()).hasSize(2);
        assertThat(comparison.champion().orElseThrow().value()).isEqualTo(1);
        assertThat(comparison.baseline().orElseThrow().value()).isCloseTo(14.0 / 3, within(1e-12));
    }

    @Test
    void aBaselineThatLacksWhatTheMetricReadsTakesNoPart() {
        ScoredRows rows = ScoredRows.ofClasses(1, 0).model(1, 0);
        ComparisonPlan plan = ComparisonPlan.of(
                Rules.by("logLoss").build(),
                List.of(Contestant.candidate("new"), Contestant.baseline("guess")),
                List.of(),
                1);
        ScoredBatch batch = rows.batches().next();
        MetricInput guess =
                RowSelection.of(batch.outputs().get(0), new int[] {0, 1}).predictionKind(PredictionKind.CLASSES);
        ScoredBatch both = new ScoredBatch(List.of(batch.outputs().get(0), guess), batch.ids(), List.of());
        ComparisonFold fold = new ComparisonFold(plan);
        Comparison comparison = fold.compute(fold.fold(List.of(both, both).iterator()));
        assertThat(comparison.candidates().get(0).value()).isPositive();
        assertThat(comparison.baseline().orElseThrow().value()).isNaN();
        assertThat(comparison.baseline().orElseThrow().problems()).containsKey("logLoss");
    }

    /** Of a quarter of a million rows a part is drawn from, and the interval is as narrow as theirs: 2 * 1.96 * sqrt(var / n). */
    @Test
    void aSampleOfManyRowsStandsForAll() {
        int count = 250_000;
        double[] target = new double[count];
        ScoredRows rows = ScoredRows.ofNumbers(target)
                .model(noise(new Random(4), count, target, 1))
                .model(noise(new Random(5), count, target, 1));
        Comparison comparison = compare(rows, Rules.by("mse").resamples(200).build());
        assertThat(comparison.drawnFrom()).isLessThan(100_000);
        Resampled size = comparison.improvement("new", "old").orElseThrow().size();
        Interval interval = size.interval(0.95);
        // The variance of the difference of two squared errors of scale 1 is 2 + 2.
        double width = 2 * 1.96 * Math.sqrt(4.0 / count);
        assertThat(interval.high() - interval.low()).isCloseTo(width, within(0.2 * width));
        assertThat(size.estimate()).isBetween(interval.low(), interval.high());
    }

    @Test
    void calibrationAndConfusionAreCounted() {
        double[] labels =
                IntStream.range(0, 100).mapToDouble(i -> i % 10 == 0 ? 1 : 0).toArray();
        double[] logits =
                Arrays.stream(labels).map(label -> label == 1 ? 3 : -3).toArray();
        ModelResult result = compare(
                        ScoredRows.ofClasses(labels).model(logits).model(logits),
                        Rules.by("accuracy").build())
                .candidates()
                .get(0);
        assertThat(result.confusion()).containsExactly(List.of(90L, 0L), List.of(0L, 10L));
        assertThat(result.calibration()).hasSize(10);
        assertThat(result.calibration().get(9).predicted()).isCloseTo(1 / (1 + Math.exp(-3)), within(1e-9));
        assertThat(result.calibration().get(9).actual()).isEqualTo(1);
    }

    @Test
    void noRowsAreRefused() {
        assertThatThrownBy(() -> compare(
                        ScoredRows.ofNumbers().model().model(), Rules.by("mse").build()))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Cannot compare models: there are no rows to draw from (of 0 held-out rows 0, expected at least 1 with an id of its own)");
    }

    @Test
    void tooManyPartsAreRefused() {
        double[] target = new double[201];
        String[] names = IntStream.range(0, 201).mapToObj(i -> "v" + i).toArray(String[]::new);
        ScoredRows rows =
                ScoredRows.ofNumbers(target).model(target).model(target).group(names);
        assertThatThrownBy(() -> compare(rows, Rules.by("mse").slice("id", 0, 1).build()))
                .hasMessage(
                        "Cannot compare models by id: the column has too many values (over 200, expected at most 200;"
                                + " slice by something coarser)");
    }

    @Test
    void rowsOfAnotherFormAreRefused() {
        assertThatThrownBy(() -> compare(
                        ScoredRows.ofNumbers(1).model(1), Rules.by("mse").build()))
                .hasMessage("Cannot compare models: rows have 1 outputs and 0 carried columns (expected 2 and 0)");
    }
}
