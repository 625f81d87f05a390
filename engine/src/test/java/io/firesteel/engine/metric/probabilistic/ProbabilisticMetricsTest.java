package io.firesteel.engine.metric.probabilistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbabilisticMetricsTest {
    /** Columns of logits as targets, except for divergences, which want probabilities unless told. */
    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(Stream.of("entropy", "mutualInformation", "cosineSimilarity")
                .map(name -> LawCase.ofSums(Metrics.of(name), RowSource.regression(3)))
                .toArray(LawCase<?>[]::new));
    }

    @TestFactory
    Stream<DynamicContainer> lawsOfDivergences() {
        return MetricLaws.of(
                LawCase.ofSums(Metrics.of("klDivergence"), ProbabilisticMetricsTest::distributions),
                LawCase.ofSums(Metrics.of("jsDivergence"), ProbabilisticMetricsTest::distributions));
    }

    private static MetricRows distributions(Random random, int count) {
        return new MetricRows(count)
                .predictions(1, RowSource.gaussian(random, count))
                .targets(1, random.doubles(count).toArray())
                .weights(RowSource.quarters(random, count));
    }

    /** Of all rows, and of so few that most laws deal with samples. */
    @TestFactory
    Stream<DynamicContainer> lawsOfSamples() {
        return MetricLaws.of(
                Stream.of("hsic", "maximumMeanDiscrepancy", "hsic(samples=6)", "maximumMeanDiscrepancy(samples=6)")
                        .map(name -> LawCase.exact(Metrics.of(name), RowSource.regression(2)))
                        .toArray(LawCase<?>[]::new));
    }

    @TestFactory
    Stream<DynamicTest> valuesEqualPyTorchAndSciPy() {
        return MetricFacts.tests("metrics/probabilistic.json");
    }

    @Test
    void kernelStatisticsShareTheirSample() {
        assertThat(Metrics.of("mmd").stateName())
                .isEqualTo(Metrics.of("hsic").stateName())
                .isEqualTo("pairSample");
        assertThat(Metrics.of("mmd(samples=50)").stateName()).isEqualTo("pairSample(samples=50)");
    }

    /** 1000 of 20,000 rows: two independent normal distributions whose means are 1 apart. */
    @Test
    void sampleComesCloseToTheWhole() {
        Random random = new Random(3);
        double[] predictions = RowSource.gaussian(random, 20_000);
        double[] targets = RowSource.gaussian(random, 20_000);
        for (int i = 0; i < targets.length; i++) {
            targets[i] += 1;
        }
        MetricRows rows = new MetricRows(20_000).predictions(1, predictions).targets(1, targets);
        double expected = Math.sqrt(2 / Math.sqrt(3) * (1 - Math.exp(-1 / 6.0)));
        assertThat(valueOf(Metrics.of("mmd"), rows)).isCloseTo(expected, Offset.offset(0.05));
        assertThat(valueOf(Metrics.of("hsic"), rows)).isCloseTo(0, Offset.offset(0.001));
    }

    /** Rows that are the same are one row of their weight, so that they don't fill the sample. */
    @Test
    void repeatedRowsTakeOnePlace() {
        double[] predictions = new double[400];
        double[] targets = new double[400];
        for (int i = 0; i < 400; i++) {
            predictions[i] = i % 5;
            targets[i] = i % 5 * 0.5 + 1;
        }
        MetricRows rows = new MetricRows(400).predictions(1, predictions).targets(1, targets);
        assertThat(valueOf(Metrics.of("mmd(samples=5)"), rows)).isEqualTo(valueOf(Metrics.of("mmd"), rows));
    }

    @ParameterizedTest
    @CsvSource({"0.5;0.6, 1.1, 1 in sum", "-0.5;1.5, -0.5, 'in [0, 1]'", "3;-2, 3.0, 'in [0, 1]'"})
    void targetsThatAreNoProbabilitiesAreRefused(String targets, String value, String expected) {
        double[] numbers =
                Stream.of(targets.split(";")).mapToDouble(Double::parseDouble).toArray();
        MetricRows rows = new MetricRows(1).predictions(2, 0, 0).targets(2, numbers);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valueOf(Metrics.of("klDivergence"), rows))
                .withMessage("Invalid target probability: " + value + " in row 0 of a batch (must be " + expected
                        + "; logits need targets=logits)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"klDivergence", "maximumMeanDiscrepancy", "cosineSimilarity"})
    void targetsOfOtherColumnsAreRefused(String name) {
        MetricRows rows = new MetricRows(1).predictions(2, 0, 0).targets(1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valueOf(Metrics.of(name), rows))
                .withMessage("Cannot compute " + name + ": targets and predictions differ in columns (1, expected 2)");
    }

    @Test
    void classesHaveNoEntropy() {
        MetricRows rows = new MetricRows(1).kind(PredictionKind.CLASSES).predictions(1, 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> valueOf(Metrics.of("entropy"), rows))
                .withMessage(
                        "Cannot read probabilities: the predictions are classes (expected probabilities or logits)");
    }

    @Test
    void fewRowsHaveNoIndependence() {
        MetricRows rows = new MetricRows(3).predictions(1, 1, 2, 3).targets(1, 1, 2, 3);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(Metrics.of("hsic"), rows))
                .withMessage("Cannot compute hsic: too few rows (total weight 3.0, expected more than 3)");
    }

    @Test
    void constantsNeedAKernelOfAGivenWidth() {
        MetricRows rows = new MetricRows(5).predictions(1, 1, 2, 3, 4, 5).targets(1, 1, 1, 1, 1, 1);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> valueOf(Metrics.of("hsic"), rows))
                .withMessage(
                        "Cannot compute hsic: the median distance of targets is 0 (expected more than 0; the parameter sigmaY sets the kernel's width)");
        assertThat(valueOf(Metrics.of("hsic(sigmaY=1)"), rows)).isCloseTo(0, Offset.offset(1e-15));
    }

    @Test
    void batchesOfOtherColumnsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twoBatches(Metrics.of("mutualInformation")))
                .withMessage("Cannot update mutualInformation: other number of columns than before (4, expected 3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twoBatches(Metrics.of("hsic")))
                .withMessage("Cannot update hsic: other number of columns than before (3, expected 2)");
    }

    private static <S> void twoBatches(Metric<S> metric) {
        S state = metric.zero();
        metric.update(
                state, new MetricRows(1).predictions(2, 1, 2).targets(1, 1).all());
        metric.update(
                state, new MetricRows(1).predictions(3, 1, 2, 3).targets(1, 1).all());
    }

    private static <S> double valueOf(Metric<S> metric, MetricRows rows) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state).number();
    }
}
