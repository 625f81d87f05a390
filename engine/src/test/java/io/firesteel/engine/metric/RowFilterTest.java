package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RowFilterTest {
    private static final RowPredicate SECOND_CLASS = (rows, row) -> rows.classLabel(row) == 1;

    /** States and their bytes are those of the metric inside, whose name it has here. */
    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(law(Metrics.of("geometricMean"), RowSource.regression(2)));
    }

    private static <S> LawCase<S> law(Metric<S> metric, RowSource rows) {
        return LawCase.ofSums(metric.filtered(metric.name(), (input, row) -> input.target(row, 0) > 4), rows)
                .golden(LawCase.ofSums(metric, rows).golden());
    }

    /** Of rows 1 and 2 one is right; the weights are 2 and 6. */
    @Test
    void onlyRowsThatMeetTheConditionCount() {
        MetricRows rows = new MetricRows(4)
                .predictions(1, 1, 1, -1, 1)
                .classes(0, 1, 1, 0)
                .weights(5, 2, 6, 7);
        assertThat(value(Metrics.of("accuracy").filtered("ofClass1", SECOND_CLASS), rows.all()))
                .isEqualTo(MetricValue.of(2.0 / 8));
    }

    @Test
    void everythingARowHasComesWithIt() {
        MetricInput input = new RowFilter((rows, row) -> row != 1)
                .apply(new MetricRows(3)
                        .kind(PredictionKind.PROBABILITIES)
                        .predictions(2, 1, 2, 3, 4, 5, 6)
                        .targets(1, 7, 8, 9)
                        .classes(0, 1, 2)
                        .losses(0.5, 1.5, 2.5)
                        .weights(1, 2, 3)
                        .groups(List.of("a", "b", "c"))
                        .texts(List.of("x", "y", "z"), List.of(List.of("X"), List.of("Y"), List.of("Z")))
                        .all());
        assertThat(input.rows()).isEqualTo(2);
        assertThat(input.predictionKind()).isEqualTo(PredictionKind.PROBABILITIES);
        assertThat(input.predictionValues()).startsWith(1, 2, 5, 6);
        assertThat(List.of(input.target(1, 0), input.loss(1), input.weight(1))).containsExactly(9.0, 2.5, 3.0);
        assertThat(input.classLabel(1)).isEqualTo(2);
        assertThat(List.of(input.group(1), input.text(1))).containsExactly("c", "z");
        assertThat(input.references(1)).containsExactly("Z");
    }

    @Test
    void batchOfWhichAllRowsCountStaysAsItIs() {
        MetricInput input = new MetricRows(2).predictions(1, 1, 2).all();
        assertThat(new RowFilter((rows, row) -> true).apply(input)).isSameAs(input);
    }

    @Test
    void batchOfWhichNoRowCountsChangesNothing() {
        Metric<?> metric = Metrics.of("accuracy").filtered("none", (rows, row) -> false);
        MetricInput input = new MetricRows(2).predictions(1, 1, 2).classes(0, 1).all();
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(metric, input))
                .withMessage("Cannot compute accuracy: no rows yet");
    }

    private static <S> MetricValue value(Metric<S> metric, MetricInput input) {
        S state = metric.zero();
        metric.update(state, input);
        return metric.compute(state);
    }
}
