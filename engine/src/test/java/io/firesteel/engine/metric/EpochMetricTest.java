package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.firesteel.engine.metric.catalogue.Metrics;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochMetricTest {
    /** A function that another order of rows changes by rounding only, as the law of commutativity needs. */
    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                LawCase.ofSums(EpochMetric.of("losses", EpochMetricTest::weightedLosses), RowSource.classified(3)),
                LawCase.ofSums(
                                EpochMetric.of("few", EpochMetricTest::weightedLosses)
                                        .limit(60),
                                RowSource.classified(3))
                        .golden(() -> EpochMetric.of("few", EpochMetricTest::weightedLosses)
                                .limit(60)
                                .zero()));
    }

    private static double weightedLosses(MetricInput rows) {
        return IntStream.range(0, rows.rows())
                .mapToDouble(row -> rows.loss(row) * rows.weight(row))
                .sum();
    }

    /** Any metric of the catalogue is a function of all rows. */
    @ParameterizedTest
    @ValueSource(strings = {"accuracy", "rocAuc", "f1", "brier", "loss", "confusionMatrix"})
    void functionSeesTheRowsOfAllRanksAsOneBatch(String name) {
        MetricRows rows = RowSource.classified(3).rows(new Random(1), 50);
        Metric<?> metric = Metrics.of(name);
        EpochMetric epoch = EpochMetric.ofValues(name, input -> valueOf(metric, input));
        KeptRows first = epoch.zero();
        epoch.update(first, rows.slice(0, 20));
        epoch.update(first, rows.slice(20, 21));
        KeptRows second = epoch.zero();
        epoch.update(second, rows.slice(21, 50));
        assertThat(epoch.compute(epoch.merge(first, second))).isEqualTo(valueOf(metric, rows.all()));
    }

    private static <S> MetricValue valueOf(Metric<S> metric, MetricInput input) {
        S state = metric.zero();
        metric.update(state, input);
        return metric.compute(state);
    }

    @Test
    void rowsAreInTheOrderOfMerging() {
        EpochMetric metric = EpochMetric.ofValues("all", rows -> MetricValue.of(rows.predictionValues()));
        KeptRows first = state(metric, 1, 2);
        KeptRows second = state(metric, 3);
        assertThat(metric.compute(metric.merge(metric.merge(second, metric.zero()), first)))
                .isEqualTo(MetricValue.of(new double[] {3, 1, 2}));
    }

    private static KeptRows state(EpochMetric metric, double... predictions) {
        KeptRows state = metric.zero();
        metric.update(state, new MetricInput().begin(predictions.length).predictions(predictions, 1));
        return state;
    }

    /** The median of 1, 4 and 2 off. */
    @Test
    void functionOfPredictionsAndTargetsGetsBothInFull() {
        EpochMetric median = EpochMetric.of("median", (predictions, targets) -> {
            double[] errors = IntStream.range(0, predictions.length)
                    .mapToDouble(i -> Math.abs(predictions[i] - targets[i]))
                    .sorted()
                    .toArray();
            return errors[errors.length / 2];
        });
        MetricRows rows = new MetricRows(3).predictions(1, 2, 4, 7).targets(1, 1, 8, 5);
        assertThat(valueOf(median, rows.all()).number()).isEqualTo(2);
    }

    @Test
    void classesAreTargetsOfAFunctionOfTwo() {
        EpochMetric classes = EpochMetric.of(
                "classes", (predictions, targets) -> Arrays.stream(targets).sum());
        assertThat(valueOf(
                                classes,
                                new MetricRows(2)
                                        .predictions(2, 0, 0, 0, 0)
                                        .classes(1, 4)
                                        .all())
                        .number())
                .isEqualTo(5);
    }

    @Test
    void float32AndRowsWithoutWeightsAreKeptAsDoublesOfWeight1() {
        EpochMetric sum = EpochMetric.of("sum", rows -> rows.prediction(0, 0) * rows.weight(0));
        MetricInput input = new MetricInput().begin(1).predictions(FloatBuffer.wrap(new float[] {0.1f}), 1);
        assertThat(valueOf(sum, input).number()).isEqualTo(0.1f);
    }

    @Test
    void whatBatchesDoNotHaveIsMissing() {
        EpochMetric losses = EpochMetric.of("losses", rows -> rows.loss(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> losses.compute(state(losses, 1)))
                .withMessage("Cannot read losses: the batch has none");
    }

    /** A row has two numbers: a prediction and its weight. */
    @Test
    void rowsAboveTheLimitAreLetGo() {
        EpochMetric metric = EpochMetric.of("mine", rows -> rows.rows()).limit(7);
        KeptRows three = state(metric, 1, 2, 3);
        assertThat(metric.compute(three).number()).isEqualTo(3);
        KeptRows four = metric.merge(three, state(metric, 4));
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> metric.compute(four))
                .withMessage("Cannot compute mine: too many rows to keep (4, expected at most 3;"
                        + " raise its limit of 7 numbers, or use a metric that keeps sums)");
        assertThat(metric.toBytes(four).length).isLessThan(metric.toBytes(three).length);
        assertThat(metric.toBytes(state(metric, 1, 2, 3, 4))).isEqualTo(metric.toBytes(four));
    }

    @Test
    void batchesOfDifferentShapesAreRefused() {
        EpochMetric metric = EpochMetric.of("mine", rows -> rows.rows());
        KeptRows one = state(metric, 1);
        String message = "Cannot keep rows: other numbers than before (RowShape[predictionColumns=2, targetColumns=0,"
                + " hasClasses=false, hasLosses=false, kind=LOGITS], expected RowShape[predictionColumns=1,"
                + " targetColumns=0, hasClasses=false, hasLosses=false, kind=LOGITS])";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.update(
                        one, new MetricRows(1).predictions(2, 1, 2).all()))
                .withMessage(message);
    }

    @Test
    void limitOutOfRangeIsRefused() {
        EpochMetric metric = EpochMetric.of("mine", rows -> rows.rows());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.limit(0))
                .withMessage("Invalid limit: 0 (must be in [1, 100000000])");
    }

    @Test
    void metricsOfOneLimitShareTheirRows() {
        assertThat(EpochMetric.of("a", rows -> 1).stateName())
                .isEqualTo(EpochMetric.of("b", rows -> 2).stateName())
                .isNotEqualTo(EpochMetric.of("a", rows -> 1).limit(9).stateName());
    }

    @Test
    void functionMayHaveNoValue() {
        EpochMetric metric = EpochMetric.of("mine", rows -> {
            throw new NotComputableException("Cannot compute mine: no spread");
        });
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> metric.compute(state(metric, 1)))
                .withMessage("Cannot compute mine: no spread");
    }
}
