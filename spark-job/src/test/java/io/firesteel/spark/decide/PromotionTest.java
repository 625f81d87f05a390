package io.firesteel.spark.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.spark.config.PromotionRules;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromotionTest {
    private static final List<Contestant> TWO =
            List.of(Contestant.candidate("version 8"), Contestant.champion("version 3"));
    private static final int ROWS = 400;

    private static Decision decide(ScoredRows rows, PromotionRules rules, List<Contestant> models) {
        ComparisonFold fold = new ComparisonFold(ComparisonPlan.of(rules, models, List.of("loss=0*rmse"), 3));
        return Promotion.decide(rules, fold.compute(fold.fold(rows.batches())));
    }

    private static Decision decide(ScoredRows rows, PromotionRules rules) {
        return decide(rows, rules, TWO);
    }

    /** Predictions that are wrong by exactly so much, up and down in turns. */
    private static double[] wrongBy(double size) {
        double[] values = new double[ROWS];
        Arrays.setAll(values, i -> i % 2 == 0 ? size : -size);
        return values;
    }

    private static double[] wrongByAbout(double size, long seed) {
        Random random = new Random(seed);
        double[] values = new double[ROWS];
        Arrays.setAll(values, i -> size * random.nextGaussian());
        return values;
    }

    private static ScoredRows zeros() {
        return ScoredRows.ofNumbers(new double[ROWS]);
    }

    @Test
    void aBetterCandidateIsPromoted() {
        Decision decision = decide(
                zeros().model(wrongBy(1)).model(wrongBy(1.5)), Rules.by("rmse").build());
        assertThat(decision.promoted()).isTrue();
        assertThat(decision.reasons())
                .containsExactly("validation.rmse 1 is 0.5 better than version 3's 1.5 (95 % sure: an improvement of at"
                        + " least 0.5; required: more than 0)");
        assertThat(decision.candidate()).isEqualTo("version 8");
    }

    @Test
    void aWorseOneIsRefused() {
        Decision decision = decide(
                zeros().model(wrongBy(1.5)).model(wrongBy(1)), Rules.by("rmse").build());
        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason())
                .isEqualTo("validation.rmse 1.5 is 0.5 worse than version 3's 1 (95 % sure: an improvement of at least"
                        + " -0.5; required: more than 0)");
    }

    @Test
    void anEqualOneIsRefusedUnlessItMayBeWorse() {
        ScoredRows rows = zeros().model(wrongBy(1)).model(wrongBy(1));
        Decision refused = decide(rows, Rules.by("rmse").build());
        assertThat(refused.promoted()).isFalse();
        assertThat(refused.reason()).startsWith("validation.rmse 1 is equal to version 3's 1 (95 % sure");
        assertThat(decide(rows, Rules.by("rmse").mustImprove(-0.01).build()).promoted())
                .isTrue();
    }

    @Test
    void aDifferenceThatMayBeChanceIsRefused() {
        Decision decision = decide(
                zeros().model(wrongByAbout(1, 1)).model(wrongByAbout(1.001, 2)),
                Rules.by("rmse").build());
        assertThat(decision.promoted()).isFalse();
    }

    @Test
    void theImprovementHasToBeAsLargeAsAskedFor() {
        ScoredRows rows = zeros().model(wrongBy(1)).model(wrongBy(1.5));
        assertThat(decide(rows, Rules.by("rmse").mustImprove(0.4).build()).promoted())
                .isTrue();
        assertThat(decide(rows, Rules.by("rmse").mustImprove(0.6).build()).reason())
                .endsWith("required: more than 0.6)");
    }

    @Test
    void everyRuleThatFailsIsNamed() {
        String[] groups = new String[ROWS];
        Arrays.setAll(groups, i -> i < 100 ? "north" : i < 380 ? "south" : "few");
        double[] candidate = wrongBy(1);
        Arrays.fill(candidate, 0, 100, 3);
        Decision decision = decide(
                zeros().model(candidate).model(wrongBy(1)).group(groups),
                Rules.by("rmse").maximum(1.2).slice("region", 0.02, 30).build());
        assertThat(decision.reasons()).hasSize(3);
        assertThat(decision.reasons().get(0)).isEqualTo("validation.rmse 1.7321 is above the maximum of 1.2");
        assertThat(decision.reasons().get(1)).startsWith("validation.rmse 1.7321 is 0.732 worse than version 3's 1 (");
        assertThat(decision.reasons().get(2))
                .isEqualTo("where region=north (100 rows) validation.rmse is 2 worse than version 3's (95 % interval of"
                        + " the change: -2 to -2; allowed: at most 0.02 worse)");
        assertThat(decision.notes())
                .containsExactly("1 of 3 slices by region have fewer than 30 rows and aren't judged");
    }

    @Test
    void aBadSliceRefusesACandidateThatIsBetterOnTheWhole() {
        String[] groups = new String[ROWS];
        Arrays.setAll(groups, i -> i < 50 ? "bad" : "good");
        double[] candidate = wrongBy(0.5);
        Arrays.fill(candidate, 0, 50, 1.2);
        ScoredRows rows = zeros().model(candidate).model(wrongBy(1)).group(groups);
        assertThat(decide(rows, Rules.by("rmse").slice("kind", 0.5, 30).build()).promoted())
                .isTrue();
        Decision refused = decide(rows, Rules.by("rmse").slice("kind", 0.1, 30).build());
        assertThat(refused.reasons()).hasSize(1);
        assertThat(refused.reason()).startsWith("where kind=bad (50 rows)");
    }

    @Test
    void theFirstCandidateNeedsNoChampion() {
        List<Contestant> alone = List.of(Contestant.candidate("version 1"));
        Decision decision =
                decide(zeros().model(wrongBy(1)), Rules.by("rmse").maximum(2).build(), alone);
        assertThat(decision.promoted()).isTrue();
        assertThat(decision.reasons())
                .containsExactly(
                        "there is no champion to beat; validation.rmse of version 1 is 1",
                        "validation.rmse 1 is within the maximum of 2");
        assertThat(decide(zeros().model(wrongBy(3)), Rules.by("rmse").maximum(2).build(), alone)
                        .reasons())
                .containsExactly("validation.rmse 3 is above the maximum of 2");
    }

    @Test
    void oneOfSeveralCandidatesHasToBeSurer() {
        Decision decision = decide(
                zeros().model(wrongBy(1)).model(wrongBy(0.8)).model(wrongBy(2)),
                Rules.by("rmse").build(),
                List.of(Contestant.candidate("narrow"), Contestant.candidate("wide"), Contestant.champion("old")));
        assertThat(decision.promoted()).isTrue();
        assertThat(decision.candidate()).isEqualTo("wide");
        assertThat(decision.confidence()).isEqualTo(0.975);
        assertThat(decision.reason()).contains("(97.5 % sure");
        assertThat(decision.notes())
                .containsExactly(
                        "the best of 2 candidates by validation.rmse is wide (narrow 1, wide 0.8); as 2 were tried,"
                                + " it must be 97.5 % sure instead of 95 %");
    }

    @Test
    void fewRowsDecideNothing() {
        ScoredRows rows = ScoredRows.ofNumbers(0, 0, 0).model(1, 1, 1).model(2, 2, 2);
        assertThat(decide(rows, Rules.by("rmse").build()).reasons())
                .containsExactly("only 3 rows were held out to compare with version 3 (at least 30 are needed)");
    }

    @Test
    void aMetricWithoutAValueIsRefused() {
        ScoredRows rows =
                ScoredRows.ofClasses(new double[ROWS]).model(wrongBy(1)).model(wrongBy(2));
        ComparisonFold fold =
                new ComparisonFold(ComparisonPlan.of(Rules.by("auc").build(), TWO, List.of("auc"), 3));
        Decision decision = Promotion.decide(Rules.by("auc").build(), fold.compute(fold.fold(rows.batches())));
        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason())
                .startsWith("validation.auc of version 8 has no value (Cannot compute rocAuc: no pair of a positive and"
                        + " a negative row");
    }

    @Test
    void aMetricThatManyResamplesLackIsRefused() {
        double[] labels = new double[ROWS];
        labels[1] = 1;
        ScoredRows rows = ScoredRows.ofClasses(labels).model(labels).model(wrongBy(1));
        ComparisonFold fold =
                new ComparisonFold(ComparisonPlan.of(Rules.by("auc").build(), TWO, List.of("auc"), 3));
        Decision decision = Promotion.decide(Rules.by("auc").build(), fold.compute(fold.fold(rows.batches())));
        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason())
                .matches(
                        "validation.auc has no value in 3\\d(\\.\\d+)? % of the resamples, so that it can't be told how"
                                + " sure an improvement is \\(at most 5 %; hold out more rows\\)");
    }

    @Test
    void mcnemarsTestCountsRowsThatOneAloneGotRight() {
        double[] labels = new double[ROWS];
        double[] candidate = new double[ROWS];
        double[] champion = new double[ROWS];
        Arrays.fill(candidate, -1);
        Arrays.fill(champion, -1);
        Arrays.fill(candidate, 0, 3, 1);
        Arrays.fill(champion, 10, 20, 1);
        PromotionRules rules = Rules.by("accuracy").mcnemar().build();
        ComparisonFold fold = new ComparisonFold(ComparisonPlan.of(rules, TWO, List.of("accuracy"), 3));
        ScoredRows rows = ScoredRows.ofClasses(labels).model(candidate).model(champion);
        Decision decision = Promotion.decide(rules, fold.compute(fold.fold(rows.batches())));
        assertThat(decision.promoted()).isTrue();
        assertThat(decision.reason())
                .isEqualTo(
                        "validation.accuracy 0.9925 is 0.0175 better than version 3's 0.975: version 8 alone is right in"
                                + " 10 rows, version 3 alone in 3 (McNemar's p 0.0287; required: at most 0.05)");
    }

    @Test
    void theBaselineIsNoted() {
        Decision decision = decide(
                zeros().model(wrongBy(1)).model(wrongBy(2)).model(wrongBy(4)),
                Rules.by("rmse").build(),
                List.of(
                        Contestant.candidate("version 8"),
                        Contestant.champion("version 3"),
                        Contestant.baseline("last week")));
        assertThat(decision.notes())
                .containsExactly("the baseline, last week, has 4: the candidate is 3 better (95 % interval of the"
                        + " improvement: 3 to 3)");
    }

    @Test
    void withoutRulesTheLossHasToBeLower() {
        assertThat(Promotion.standardRules()).isEqualTo(Rules.by("loss").build());
    }
}
