package io.firesteel.engine.metric.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.catalogue.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What metrics of the confusion matrix take and refuse. */
class ConfusionTest {
    private static final MetricRows THREE_CLASSES = classes(new double[] {0, 1, 2}, 0, 2, 2);
    private static final MetricRows LABELS =
            new MetricRows(1).predictions(2, 1, -1).targets(2, 1, 1);

    private static MetricRows classes(double[] predicted, long... labels) {
        return new MetricRows(labels.length)
                .kind(PredictionKind.CLASSES)
                .predictions(1, predicted)
                .classes(labels);
    }

    private static <S> MetricValue value(Metric<S> metric, MetricRows... batches) {
        S state = metric.zero();
        for (MetricRows batch : batches) {
            metric.update(state, batch.all());
        }
        return metric.compute(state);
    }

    private static void assertRefused(String metric, String message, MetricRows... batches) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(Metrics.of(metric), batches))
                .withMessage(message);
    }

    private static void assertNotComputable(String metric, String message, MetricRows... batches) {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of(metric), batches))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 2, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32})
    void labelWithoutAColumnIsRefused(long label) {
        assertRefused(
                "f1",
                "Invalid class: " + label + " in row 1 of a batch (must be in [0, 2))",
                new MetricRows(2).predictions(1, 1, 1).classes(1, label));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4096, Long.MAX_VALUE})
    void classThatNoMatrixHasRoomForIsRefused(long label) {
        assertRefused(
                "f1",
                "Invalid class: " + label + " in row 0 of a batch (must be in [0, 4096))",
                classes(new double[] {0}, label));
    }

    @Test
    void predictedClassBeyondTheLimitIsRefused() {
        assertRefused(
                "f1(classes=2)", "Invalid predicted class: 2 in row 2 of a batch (must be in [0, 2))", THREE_CLASSES);
    }

    @Test
    void columnsThatNoMatrixHasRoomForAreRefused() {
        assertRefused(
                "f1",
                "Invalid columns of predictions: 5000 (must be in [1, 4096], as a confusion matrix has a number for each"
                        + " pair of classes)",
                new MetricRows(1).predictions(5000, new double[5000]).classes(0));
    }

    @Test
    void rowsOfOneClassAndOfSeveralLabelsDoNotMix() {
        String message = "Cannot count rows of one class each together with rows of several labels (3 and 1 rows,"
                + " expected one kind only)";
        assertRefused("f1", message, THREE_CLASSES, LABELS);
        Confusion classes = new Confusion(0);
        Confusion labels = new Confusion(0);
        classes.update(THREE_CLASSES.all());
        labels.update(LABELS.all());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes.plus(labels))
                .withMessage(message);
    }

    @Test
    void otherNumberOfLabelsIsRefused() {
        MetricRows three = new MetricRows(1).predictions(3, 1, 1, 1).targets(3, 1, 1, 1);
        assertRefused("f1", "Invalid columns of targets: 3 (must be 2, as in earlier batches)", LABELS, three);
    }

    @Test
    void asManyLabelsAsPredictionsAreExpected() {
        assertRefused(
                "f1",
                "Cannot compute a confusion matrix: targets and predictions differ in columns (2, expected 3)",
                new MetricRows(1).predictions(3, 1, 1, 1).targets(2, 1, 1));
    }

    @Test
    void classOneDoesNotStandForThree() {
        assertNotComputable(
                "recall(average=binary)",
                "Cannot compute recall(average=binary): too many classes for average=binary (3, expected 2 classes; macro,"
                        + " micro, weighted and none are for more)",
                THREE_CLASSES);
    }

    @Test
    void rowsOfLabelsHaveNoMatrix() {
        assertNotComputable(
                "cohenKappa",
                "Cannot compute cohenKappa: rows have several labels each (2, expected one class)",
                LABELS);
    }

    @Test
    void rowsOfOneClassHaveNoMeanOverLabels() {
        assertRefused(
                "f1(average=samples)",
                "Cannot compute f1(average=samples): rows have one label each (expected targets of several columns; other"
                        + " averages are for one)",
                THREE_CLASSES);
    }

    @Test
    void noClassLeftIsNotComputable() {
        assertNotComputable(
                "meanIou(ignoreIndex=1)",
                "Cannot compute meanIou(ignoreIndex=1): no class is left beside the ignored one (1, expected at least one)",
                classes(new double[] {1}, 1));
    }

    @Test
    void classOneAloneLeavesNothingToIgnore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.of("jaccard(average=binary,ignoreIndex=0)"))
                .withMessage("Cannot set metric jaccard(average=binary,ignoreIndex=0): average=binary is of class 1 and"
                        + " leaves no class out (expected another average, or no ignoreIndex)");
    }

    @Test
    void chanceOfOneClassIsNotComputable() {
        assertNotComputable(
                "balancedAccuracy(adjusted=true)",
                "Cannot compute balancedAccuracy(adjusted=true): all rows are of one class (0, expected two classes)",
                classes(new double[] {0, 1}, 0, 0));
    }

    @Test
    void agreementOfOneClassIsNotComputable() {
        assertNotComputable(
                "cohenKappa",
                "Cannot compute cohenKappa: labels and predictions are all of one class (expected two classes)",
                classes(new double[] {1, 1}, 1, 1));
    }

    @Test
    void rowsOfNoWeightAreNotComputable() {
        assertNotComputable(
                "f1",
                "Cannot compute f1: total weight of 2 rows is 0",
                classes(new double[] {1, 0}, 1, 1).weights(0, 0));
        assertNotComputable(
                "f1(classes=2)",
                "Cannot compute f1(classes=2): total weight of 1 rows is 0",
                classes(new double[] {1}, 255));
    }

    @Test
    void targetsOfOneColumnAreClasses() {
        MetricRows targets = new MetricRows(4).predictions(1, 3, -1, 2, -3).targets(1, 1, 0, 0, 1);
        assertThat(value(Metrics.of("confusionMatrix"), targets)).isEqualTo(MetricValue.of(new double[][] {
            {1, 1}, {1, 1}
        }));
    }

    @Test
    void columnsSayHowManyClassesThereAre() {
        MetricRows rows = new MetricRows(1).predictions(3, 1, 0, 0).classes(0);
        assertThat(value(Metrics.of("recall(average=none)"), rows)).isEqualTo(MetricValue.of(new double[] {1, 0, 0}));
        assertThat(value(Metrics.of("recall"), rows)).isEqualTo(MetricValue.of(1));
    }

    @Test
    void otherLabelsThanTwoDoNotCountUnderALimit() {
        MetricRows rows = new MetricRows(5).predictions(1, 1, -1, 1, -1, 1).classes(1, 0, 255, 1, 0);
        assertThat(value(Metrics.of("confusionMatrix(classes=2)"), rows, rows))
                .isEqualTo(MetricValue.of(new double[][] {{2, 2}, {2, 2}}));
    }

    @Test
    void matrixGrowsAndKeepsItsCounts() {
        double[] predicted = {0, 1, 2, 3, 40, 41};
        MetricRows[] batches = new MetricRows[predicted.length];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = classes(new double[] {predicted[i]}, i == 4 ? 39 : (long) predicted[i]);
        }
        assertThat(value(Metrics.of("f1(average=micro)"), batches).number()).isEqualTo(5 / 6.0);
        assertThat(value(Metrics.of("recall"), batches).number()).isEqualTo(5 / 7.0);
    }
}
