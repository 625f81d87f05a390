package io.firesteel.engine.metric.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.catalogue.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What metrics of probabilities take and refuse. */
class ProbabilityMetricsTest {
    private static <S> double value(Metric<S> metric, MetricRows rows) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state).number();
    }

    private static double value(String metric, MetricRows rows) {
        return value(Metrics.of(metric), rows);
    }

    private static MetricRows probabilities(int columns, double... values) {
        return new MetricRows(values.length / columns)
                .kind(PredictionKind.PROBABILITIES)
                .predictions(columns, values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logLoss", "brier", "calibrationError", "topKAccuracy"})
    void classesAreRefused(String metric) {
        MetricRows rows =
                new MetricRows(1).kind(PredictionKind.CLASSES).predictions(1, 1).classes(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> value(metric, rows))
                .withMessage("Cannot compute " + metric
                        + ": the predictions are classes (expected probabilities or logits)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logLoss", "brier", "calibrationError", "topKAccuracy"})
    void severalLabelsAreRefused(String metric) {
        MetricRows rows = new MetricRows(1).predictions(2, 1, 1).targets(2, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(metric, rows))
                .withMessage("Cannot compute " + metric + ": rows have several labels each (2, expected one class)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logLoss", "brier", "calibrationError", "topKAccuracy"})
    void classWithoutAColumnIsRefused(String metric) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(metric, probabilities(3, 0.5, 0.2, 0.3).classes(3)))
                .withMessage("Invalid class: 3 in row 0 of a batch (must be in [0, 3))");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logLoss", "brier", "calibrationError"})
    void logitsThatPassForProbabilitiesAreRefused(String metric) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        value(metric, probabilities(2, 0.5, 0.5, 1.5, -0.5).classes(0, 0)))
                .withMessage("Invalid probability: 1.5 in row 1 of a batch (must be in [0, 1]; say if predictions are"
                        + " logits)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logLoss", "brier", "calibrationError", "calibrationError(norm=max)"})
    void probabilityThatIsNaNMakesTheValueNaN(String metric) {
        assertThat(value(metric, probabilities(1, 0.5, Double.NaN).classes(0, 1)))
                .isNaN();
        assertThat(value(
                        metric,
                        probabilities(2, 0.5, 0.5, Double.NaN, Double.NaN).classes(0, 1)))
                .isNaN();
    }

    @Test
    void targetsOfOneColumnAreClasses() {
        assertThat(value("brier", probabilities(1, 0.25, 1).targets(1, 1, 1))).isEqualTo(0.5625 / 2);
    }

    /** The two tied for second place: the higher class has it, as scikit-learn sorts. */
    @Test
    void ofTiedClassesTheHigherIsLikelier() {
        double[] scores = {3, 1, 2, 2};
        assertThat(value(
                        "topKAccuracy(k=2)",
                        new MetricRows(1).predictions(4, scores).classes(3)))
                .isEqualTo(1);
        assertThat(value(
                        "topKAccuracy(k=2)",
                        new MetricRows(1).predictions(4, scores).classes(2)))
                .isEqualTo(0);
    }

    @Test
    void notANumberIsLikelierThanAnyNumberAndZerosAreEqual() {
        double[] scores = {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 0};
        MetricRows rows = new MetricRows(4).predictions(4, repeat(scores, 4)).classes(0, 1, 2, 3);
        assertThat(value("topKAccuracy(k=1)", rows)).isEqualTo(0.25);
        assertThat(value("topKAccuracy(k=2)", rows)).isEqualTo(0.5);
        assertThat(value("topKAccuracy(k=3)", rows)).isEqualTo(0.75);
        assertThat(value(
                        "topKAccuracy(k=3)",
                        new MetricRows(1).predictions(4, scores).classes(2)))
                .isEqualTo(0);
    }

    private static double[] repeat(double[] row, int times) {
        double[] rows = new double[row.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(row, 0, rows, i * row.length, row.length);
        }
        return rows;
    }
}
