package io.firesteel.spark.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.config.PromotionRules.Better;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonPlanTest {
    private static final List<Contestant> TWO = List.of(Contestant.candidate("new"), Contestant.champion("old"));

    private static ComparisonPlan plan(PromotionRules rules, String... metrics) {
        return ComparisonPlan.of(rules, TWO, List.of(metrics), 1);
    }

    @Test
    void judgedMetricIsAddedUnlessTheJobHasIt() {
        assertThat(plan(Rules.by("auc").build(), "loss", "auc").metrics()).containsExactly("loss", "auc");
        assertThat(plan(Rules.by("auc").build(), "loss").metrics()).containsExactly("loss", "auc");
        assertThat(plan(Rules.by("auc").build(), "loss").metric()).isEqualTo("auc");
    }

    @Test
    void directionIsTheMetrics() {
        assertThat(plan(Rules.by("auc").build()).better()).isEqualTo(Better.HIGHER);
        assertThat(plan(Rules.by("loss").build()).better()).isEqualTo(Better.LOWER);
        assertThat(plan(Rules.by("loss").better(Better.HIGHER).build()).better())
                .isEqualTo(Better.HIGHER);
        assertThat(plan(Rules.by("r").build(), "r=recall(average=none)").better())
                .isEqualTo(Better.HIGHER);
        assertThat(plan(Rules.by("r[1]").build(), "r=recall(average=none)").better())
                .isEqualTo(Better.HIGHER);
    }

    @Test
    void formulasNeedADirection() {
        assertThatThrownBy(() -> plan(Rules.by("e").build(), "e=1-accuracy"))
                .hasMessage("Cannot compare models by e: it isn't known which of its values are better "
                        + "(expected promote.better: higher or lower)");
        assertThat(plan(Rules.by("e").better(Better.LOWER).build(), "e=1-accuracy")
                        .better())
                .isEqualTo(Better.LOWER);
    }

    @Test
    void resamplesComputeNoMoreThanTheJudgedMetricNeeds() {
        ComparisonPlan plan =
                plan(Rules.by("e").better(Better.LOWER).build(), "loss", "f1", "right=accuracy", "e=1-right", "auc");
        assertThat(plan.judged().names()).containsExactly("right", "e");
        assertThat(plan.all().names()).containsExactly("loss", "f1", "right", "e", "auc");
    }

    @Test
    void mcnemarsTestIsOfAccuracyAlone() {
        assertThat(plan(Rules.by("acc").mcnemar().build(), "acc").metric()).isEqualTo("acc");
        assertThatThrownBy(() -> plan(Rules.by("auc").mcnemar().build()))
                .hasMessage("Cannot compare models by auc: McNemar's test is of classifications that are right or wrong"
                        + " (expected accuracy, or test bootstrap)");
        assertThatThrownBy(() ->
                        plan(Rules.by("accuracy").mcnemar().mustImprove(0.01).build()))
                .hasMessage(
                        "Cannot compare models by McNemar's test with promote.mustImprove 0.01: it tells whether one"
                                + " is better, not by how much (expected 0, or promote.test: bootstrap)");
    }

    @Test
    void modelsHaveNamesAndRoles() {
        PromotionRules rules = Rules.by("auc").build();
        assertThatThrownBy(() -> ComparisonPlan.of(
                        rules, List.of(Contestant.candidate("a"), Contestant.champion("a")), List.of(), 1))
                .hasMessage("Cannot compare models: two are called a (expected a name for each)");
        assertThatThrownBy(() -> ComparisonPlan.of(rules, List.of(Contestant.champion("a")), List.of(), 1))
                .hasMessage("Cannot compare models: of 1 there are 0 candidates, 1 champions and 0 baselines"
                        + " (expected at least 1 candidate, at most 1 champion and 1 baseline)");
    }

    @Test
    void judgedMetricIsOneOfTheEntries() {
        assertThatThrownBy(() -> new ComparisonPlan(
                        TWO,
                        List.of("loss"),
                        "auc",
                        Better.HIGHER,
                        PromotionRules.Test.BOOTSTRAP,
                        List.of(),
                        100,
                        0.95,
                        1))
                .hasMessage("Cannot compare models by auc: it is none of the metrics ([loss])");
    }

    @Test
    void carriedColumnsAreThoseOfTheSlicesEachOnce() {
        assertThat(plan(Rules.by("auc")
                                .slice("region", 0.1, 30)
                                .slice("kind", 0.1, 30)
                                .slice("region", 0.2, 100)
                                .build())
                        .slices())
                .containsExactly("region", "kind");
    }
}
