package io.firesteel.engine.metric.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionMetricsTest {
    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(RegressionMetrics.kinds().stream()
                .map(MetricKind::create)
                .map(metric -> LawCase.ofSums(metric, RowSource.regression(2)))
                .toArray(LawCase<?>[]::new));
    }

    @TestFactory
    Stream<DynamicContainer> lawsOfParameters() {
        return MetricLaws.of(Stream.of(
                        "meanTweedieDeviance(power=1.5)",
                        "quantileLoss(alpha=0.9,multioutput=raw)",
                        "r2(multioutput=variance)",
                        "pearson(multioutput=raw)")
                .map(Metrics::of)
                .map(metric -> LawCase.ofSums(metric, RowSource.regression(2)))
                .toArray(LawCase<?>[]::new));
    }

    @TestFactory
    Stream<DynamicTest> valuesEqualScikitLearn() {
        return MetricFacts.tests("metrics/regression.json");
    }

    @ParameterizedTest
    @CsvSource({
        "rootMeanSquaredError, meanSquaredError",
        "meanSquaredError(multioutput=raw), mse",
        "manhattan, mae",
        "rmsle, msle",
        "explainedVariance, r2",
        "meanPoissonDeviance, 'meanTweedieDeviance(power=1)'",
        "'huber(delta=1)', huber"
    })
    void metricsOfTheSameErrorsShareTheirState(String one, String other) {
        assertThat(Metrics.of(one).stateName()).isEqualTo(Metrics.of(other).stateName());
    }

    @Test
    void metricsOfOtherParametersDoNot() {
        assertThat(Metrics.of("huber(delta=0.5)").stateName()).isEqualTo("huber(delta=0.5)");
        assertThat(Metrics.of("quantileLoss(alpha=0.9,multioutput=raw)").stateName())
                .isEqualTo("quantileLoss(alpha=0.9)");
    }

    @Test
    void batchesOfOtherColumnsAreRefused() {
        Metric<?> metric = Metrics.of("r2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twoBatches(metric, rows(1), rows(2)))
                .withMessage("Cannot update r2: other number of columns than before (2, expected 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twoBatches(Metrics.of("mse"), rows(2), rows(1)))
                .withMessage("Cannot update meanSquaredError: other number of columns than before (1, expected 2)");
    }

    private static <S> void twoBatches(Metric<S> metric, MetricRows first, MetricRows second) {
        S state = metric.zero();
        metric.update(state, first.all());
        metric.update(state, second.all());
    }

    private static MetricRows rows(int columns) {
        return new MetricRows(2)
                .predictions(columns, new double[2 * columns])
                .targets(columns, new double[2 * columns]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"meanSquaredError", "r2", "maximumAbsoluteError", "meanPairwiseDistance"})
    void targetsOfOtherColumnsAreRefused(String name) {
        MetricRows rows = new MetricRows(1).predictions(2, 1, 2).targets(1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valueOf(Metrics.of(name), rows))
                .withMessage("Cannot compute " + name + ": targets and predictions differ in columns (1, expected 2)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "meanNormalizedBias | 0 | 1 | targets other than 0",
                "fractionalBias | 1 | -1 | targets and predictions whose sum isn't 0",
                "meanSquaredLogError | 0 | -1 | targets and predictions > -1",
                "meanPoissonDeviance | -1 | 1 | targets >= 0 and predictions > 0",
                "meanGammaDeviance | 0 | 1 | targets > 0 and predictions > 0",
                "meanTweedieDeviance(power=-1) | -1 | 0 | predictions > 0"
            })
    void valuesThatAMetricIsNotDefinedForAreNamed(String name, double target, double prediction, String expected) {
        Metric<?> metric = Metrics.of(name);
        MetricRows rows =
                new MetricRows(3).predictions(1, 1, prediction, prediction).targets(1, 1, target, target);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(metric, rows))
                .withMessage("Cannot compute " + metric.name() + ": not defined for some values (2 in 3 rows, expected "
                        + expected + ")");
    }

    @Test
    void constantsHaveNoCorrelation() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(
                        Metrics.of("pearson"),
                        new MetricRows(2).predictions(1, 1, 2).targets(1, 0.5, 0.5)))
                .withMessage("Cannot compute pearson: the targets are constant (0.5, expected at least two values)");
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(
                        Metrics.of("pearson"),
                        new MetricRows(2).predictions(1, 3, 3).targets(1, 1, 2)))
                .withMessage(
                        "Cannot compute pearson: the predictions are constant (3.0, expected at least two values)");
    }

    @Test
    void oneRowHasNoR2() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(
                        Metrics.of("r2"), new MetricRows(1).predictions(1, 3).targets(1, 1)))
                .withMessage("Cannot compute r2: too few rows (1, expected at least 2)");
    }

    @Test
    void rowsThatAllWeighNothingHaveNoError() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(
                        Metrics.of("mse"),
                        new MetricRows(2).predictions(1, 3, 4).targets(1, 1, 2).weights(0, 0)))
                .withMessage("Cannot compute meanSquaredError: total weight of 2 rows is 0");
    }

    @Test
    void powersWithoutADistributionAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.of("meanTweedieDeviance(power=0.5)"))
                .withMessage("Invalid power: 0.5 (must be <= 0 or >= 1)");
    }

    /** Sums of squares would have no digit left: the square of 1e9 is 1e18, a double's last place there is 128. */
    @Test
    void spreadFarFromZeroKeepsItsDigits() {
        double far = 1e9;
        double[] targets = {far + 1, far + 2, far + 3, far + 4};
        double[] predictions = {far + 1, far + 2, far + 3, far + 5};
        MetricRows rows = new MetricRows(4).predictions(1, predictions).targets(1, targets);
        assertThat(valueOf(Metrics.of("r2"), rows)).isEqualTo(1 - 1 / 5.0);
        assertThat(valueOf(Metrics.of("pearson"), rows)).isCloseTo(6.5 / Math.sqrt(5 * 8.75), withinUlps());
    }

    private static org.assertj.core.data.Offset<Double> withinUlps() {
        return org.assertj.core.data.Offset.offset(1e-15);
    }

    @Test
    void correlationStaysInItsRange() {
        MetricRows rows = new MetricRows(3).predictions(1, 0.1, 0.2, 0.3).targets(1, 0.3, 0.6, 0.9);
        assertThat(valueOf(Metrics.of("pearson"), rows)).isLessThanOrEqualTo(1);
    }

    private static <S> double valueOf(Metric<S> metric, MetricRows rows) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state).number();
    }
}
