package io.firesteel.engine.metric.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregationMetricsTest {
    /** All but the loss, which has a test of its own. */
    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(AggregationMetrics.kinds().stream()
                .filter(kind -> !kind.name().equals("loss"))
                .map(kind -> LawCase.ofSums(kind.create(), RowSource.regression(2)))
                .toArray(LawCase<?>[]::new));
    }

    @TestFactory
    Stream<DynamicContainer> lawsOfOtherSources() {
        return MetricLaws.of(
                LawCase.ofSums(Metrics.of("variance(of=target,ddof=1)"), RowSource.regression(3)),
                LawCase.ofSums(Metrics.of("geometricMean(of=loss)"), RowSource.classified(2)));
    }

    @TestFactory
    Stream<DynamicTest> valuesEqualNumPy() {
        return MetricFacts.tests("metrics/aggregation.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "sum", "minimum", "max", "variance", "std(ddof=1)"})
    void allOfOneSourceShareTheirState(String text) {
        assertThat(Metrics.of(text).stateName()).isEqualTo("summary");
    }

    @Test
    void anotherSourceIsAnotherState() {
        assertThat(Metrics.of("mean(of=loss)").stateName()).isEqualTo("summary(of=loss)");
        assertThat(Metrics.of("geometricMean(of=target)").stateName()).isEqualTo("geometricMean(of=target)");
    }

    @Test
    void sumsOfWholeNumbersAreExact() {
        MetricRows rows = new MetricRows(3).predictions(1, 1, 2, 4);
        assertThat(valueOf(Metrics.of("sum"), rows).number()).isEqualTo(7);
        assertThat(valueOf(Metrics.of("mean"), rows).number()).isEqualTo(7 / 3.0);
    }

    @Test
    void estimatesNeedMoreThanOneRow() {
        MetricRows rows = new MetricRows(1).predictions(1, 5);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(Metrics.of("variance(ddof=1)"), rows))
                .withMessage(
                        "Cannot compute variance(ddof=1): too few rows (total weight 1.0, expected more than 1.0)");
    }

    @Test
    void negativeNumbersHaveNoGeometricMean() {
        MetricRows rows = new MetricRows(3).predictions(1, 5, -1, 2);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(Metrics.of("geometricMean"), rows))
                .withMessage(
                        "Cannot compute geometricMean: not defined for some values (1 in 3 rows, expected numbers >= 0)");
    }

    @Test
    void rowsThatAllWeighNothingHaveNoLargest() {
        MetricRows rows = new MetricRows(2).predictions(1, 5, 6).weights(0, 0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(Metrics.of("maximum"), rows))
                .withMessage("Cannot compute maximum: total weight of 2 rows is 0");
    }

    @Test
    void batchesOfOtherColumnsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twoBatches(Metrics.of("mean")))
                .withMessage("Cannot update mean: other number of columns than before (1, expected 2)");
    }

    private static <S> void twoBatches(Metric<S> metric) {
        S state = metric.zero();
        metric.update(state, new MetricRows(1).predictions(2, 1, 2).all());
        metric.update(state, new MetricRows(1).predictions(1, 1).all());
    }

    private static <S> MetricValue valueOf(Metric<S> metric, MetricRows rows) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state);
    }
}
