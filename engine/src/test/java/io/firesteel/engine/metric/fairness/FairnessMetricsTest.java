package io.firesteel.engine.metric.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairnessMetricsTest {
    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(Stream.concat(
                        FairnessMetrics.kinds().stream().map(MetricKind::create),
                        Stream.of(Metrics.of("equalizedOddsRatio(positive=2,method=toOverall)")))
                .map(metric -> LawCase.exact(metric, FairnessMetricsTest::grouped))
                .toArray(LawCase<?>[]::new));
    }

    private static MetricRows grouped(Random random, int count) {
        List<String> groups =
                random.ints(count, 0, 4).mapToObj(group -> "group " + group).toList();
        return RowSource.classified(3).rows(random, count).groups(groups);
    }

    @TestFactory
    Stream<DynamicTest> valuesEqualFairlearnsDefinitions() {
        return MetricFacts.tests("metrics/fairness.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subgroupDifference | groupDecisions",
                "equalizedOddsRatio(aggregate=mean) | groupDecisions",
                "subgroup(of=recall) | groupDecisions",
                "selectionRate | groupSelections",
                "demographicParityRatio(method=toOverall) | groupSelections",
                "subgroup(positive=2,maximumGroups=5) | groupDecisions(positive=2,maximumGroups=5)"
            })
    void metricsOfTheSameCountsShareTheirState(String text, String state) {
        assertThat(Metrics.of(text).stateName()).isEqualTo(state);
    }

    @Test
    void moreGroupsThanAllowedAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valueOf(Metrics.of("selectionRate(maximumGroups=2)"), decisions(1, 0, 1)))
                .withMessage(
                        "Cannot count groups: too many (3, expected at most 2; the metric's parameter maximumGroups says how many)");
    }

    @Test
    void moreGroupsThanAllowedAreRefusedWhenMerged() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> merged(
                        Metrics.of("selectionRate(maximumGroups=2)"),
                        decisions(1, 0),
                        decisions(1, 0).groups(List.of("x", "y"))))
                .withMessageStartingWith("Cannot count groups: too many (3, expected at most 2");
    }

    private static <S> void merged(Metric<S> metric, MetricRows left, MetricRows right) {
        metric.merge(stateOf(metric, left), stateOf(metric, right));
    }

    @Test
    void ratioOfRatesThatAreAllZeroHasNoValue() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(Metrics.of("demographicParityRatio"), decisions(0, 0)))
                .withMessage(
                        "Cannot compute demographicParityRatio: selectionRate is 0 in every group (2 groups, expected one over 0)");
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(
                        Metrics.of("equalizedOddsRatio"), decisions(0, 0).classes(0, 1)))
                .withMessage(
                        "Cannot compute equalizedOddsRatio: recall and false positive rate are 0 in every group (2 groups, expected one over 0)");
    }

    @Test
    void classOutOfRangeIsRefused() {
        MetricRows rows = new MetricRows(1).predictions(2, 1, 0).classes(2).groups(List.of("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valueOf(Metrics.of("subgroup"), rows))
                .withMessage("Invalid class: 2 in row 0 of a batch (must be in [0, 2))");
    }

    @Test
    void ratesAreFieldsByGroup() {
        MetricValue value = valueOf(Metrics.of("selectionRate"), decisions(1, 0));
        assertThat(value.flatten("rate")).containsEntry("rate.0", 1.0).containsEntry("rate.1", 0.0);
    }

    /** One group for each decision. */
    private static MetricRows decisions(double... decisions) {
        List<String> groups = Stream.of("0", "1", "2").limit(decisions.length).toList();
        return new MetricRows(decisions.length)
                .kind(PredictionKind.CLASSES)
                .predictions(1, decisions)
                .groups(groups);
    }

    private static <S> S stateOf(Metric<S> metric, MetricRows rows) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return state;
    }

    private static <S> MetricValue valueOf(Metric<S> metric, MetricRows rows) {
        return metric.compute(stateOf(metric, rows));
    }
}
