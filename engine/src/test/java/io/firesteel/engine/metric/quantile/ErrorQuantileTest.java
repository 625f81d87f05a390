package io.firesteel.engine.metric.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorQuantileTest {
    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                LawCase.exact(Metrics.of("medianAbsoluteError"), RowSource.regression(1)),
                LawCase.exact(Metrics.of("absoluteErrorQuantile"), RowSource.regression(1)),
                LawCase.exact(Metrics.of("medianAbsoluteError(exactRows=20)"), RowSource.regression(2)),
                LawCase.exact(Metrics.of("medianAbsolutePercentageError"), RowSource.regression(1)),
                LawCase.exact(Metrics.of("medianAbsolutePercentageError(exactRows=0)"), RowSource.regression(1)));
    }

    @TestFactory
    Stream<DynamicTest> valuesEqualScikitLearnAndSciPy() {
        return MetricFacts.tests("metrics/quantile.json");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 0.99, 1})
    void exactValueIsWithinTheBoundOfTheHistogram(double q) {
        MetricRows rows = RowSource.regression(1).rows(new Random(1), 5000);
        double exact = value(Metrics.of("absoluteErrorQuantile(q=" + q + ")"), rows, "q")
                .get("q");
        Map<String, Double> binned = value(Metrics.of("absoluteErrorQuantile(exactRows=100,q=" + q + ")"), rows, "q");
        assertThat(Math.abs(binned.get("q") - exact)).isLessThanOrEqualTo(binned.get("q.errorBound"));
        assertThat(binned.get("q.errorBound")).isLessThanOrEqualTo(exact / 8192);
    }

    @Test
    void rowsThatAllWeighNothingAreRefused() {
        MetricRows rows =
                new MetricRows(2).predictions(1, 1, 2).targets(1, 0, 1).weights(0, 0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("medianAbsoluteError"), rows, "m"))
                .withMessage("Cannot compute medianAbsoluteError: total weight of 2 rows is 0");
    }

    @Test
    void infiniteMedianIsRefused() {
        MetricRows rows = new MetricRows(1).predictions(1, 1).targets(1, 0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("medianAbsolutePercentageError"), rows, "m"))
                .withMessage("Cannot compute medianAbsolutePercentageError: errors of 0.5 of the rows aren't bounded"
                        + " (Infinity, expected a number)");
    }

    @Test
    void otherColumnsAreRefused() {
        MetricRows rows = new MetricRows(1).predictions(2, 1, 2).targets(1, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(Metrics.of("medianAbsoluteError"), rows, "m"))
                .withMessage("Cannot compute medianAbsoluteError: predictions and targets differ in columns"
                        + " (2, expected 1)");
    }

    private static <S> Map<String, Double> value(Metric<S> metric, MetricRows rows, String name) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state).flatten(name);
    }
}
