package io.firesteel.engine.metric.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Values are compared with scikit-learn in {@link ScoreMetricTest}. */
class AucPerGroupTest {
    private static final RowSource GROUPED = (random, count) -> RowSource.classified(1)
            .rows(random, count)
            .groups(random.ints(count, 0, 4).mapToObj(group -> "group " + group).toList());

    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                LawCase.exact(Metrics.of("aucPerGroup"), GROUPED),
                LawCase.exact(Metrics.of("aucPerGroup(average=min)"), GROUPED),
                LawCase.exact(Metrics.of("aucPerGroup(average=mean,exactRows=5)"), GROUPED));
    }

    /** Group a has an area of 1 of 2 rows, group b of 0.5 of 3 rows, c has no negative row. */
    @Test
    void groupsAreRankedByThemselves() {
        MetricRows rows = new MetricRows(6)
                .predictions(1, 1, 2, 13, 12, 11, 50)
                .classes(0, 1, 1, 0, 1, 1)
                .groups(List.of("a", "a", "b", "b", "b", "c"));
        assertThat(value("aucPerGroup", rows).number()).isEqualTo((2 * 1 + 3 * 0.5) / 5);
        assertThat(value("aucPerGroup(average=mean)", rows).number()).isEqualTo(0.75);
        assertThat(value("aucPerGroup(average=min)", rows).number()).isEqualTo(0.5);
    }

    @Test
    void largeGroupsHaveABound() {
        MetricRows rows =
                new MetricRows(3).predictions(1, 1, 2, 3).classes(0, 1, 1).groups(List.of("a", "a", "a"));
        assertThat(value("aucPerGroup(exactRows=2)", rows).flatten("auc")).containsKey("auc.errorBound");
        assertThat(value("aucPerGroup(exactRows=3)", rows).flatten("auc")).containsOnlyKeys("auc");
    }

    @Test
    void groupsOfOneClassAloneAreRefused() {
        MetricRows rows = new MetricRows(2).predictions(1, 1, 2).classes(0, 1).groups(List.of("a", "b"));
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value("aucPerGroup", rows))
                .withMessage("Cannot compute aucPerGroup: no group has positive and negative rows"
                        + " (2 groups, expected at least one with both)");
    }

    @Test
    void rowsWithoutGroupsAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        value("aucPerGroup", new MetricRows(1).predictions(1, 1).classes(0)))
                .withMessage("Cannot read groups: the batch has none");
    }

    private static MetricValue value(String metric, MetricRows rows) {
        return value(Metrics.of(metric), rows);
    }

    private static <S> MetricValue value(Metric<S> metric, MetricRows rows) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state);
    }
}
