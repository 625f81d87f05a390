package io.firesteel.engine.metric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMetricsTest {
    @TestFactory
    Stream<DynamicTest> valuesAreThoseOfScikitImageTorchAndScipy() {
        return MetricFacts.tests("metrics/image.json");
    }

    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                LawCase.ofSums(Metrics.of("psnr"), RowSource.regression(12)),
                LawCase.ofSums(Metrics.of("psnr(dataRange=9)"), RowSource.regression(4)),
                LawCase.ofSums(Metrics.of("ssim"), RowSource.regression(36)),
                LawCase.ofSums(Metrics.of("ssim(channels=2,height=3,kernel=3,border=valid)"), RowSource.regression(24)),
                LawCase.within(1e-9, Metrics.of("frechetInceptionDistance"), RowSource.regression(3)),
                LawCase.ofSums(Metrics.of("inceptionScore"), RowSource.classified(4)));
    }

    /** The same rows against themselves, from which rounding must not make a distance below 0. */
    @Test
    void distanceOfRowsToThemselvesIsZero() {
        double[] rows = RowSource.gaussian(new Random(1), 40 * 7);
        MetricRows same = new MetricRows(40).predictions(7, rows).targets(7, rows);
        assertThat(value("fid", same).number()).isCloseTo(0, within(1e-12)).isNotNegative();
    }

    /** Order of targets is of no account. */
    @Test
    void distanceDoesNotPairRows() {
        double[] made = RowSource.gaussian(new Random(2), 20);
        double[] real = RowSource.gaussian(new Random(3), 20);
        double[] moved = new double[20];
        for (int i = 0; i < 20; i++) {
            moved[i] = real[(i + 4) % 20];
        }
        double expected = value("fid", new MetricRows(10).predictions(2, made).targets(2, real))
                .number();
        assertThat(value("fid", new MetricRows(10).predictions(2, made).targets(2, moved))
                        .number())
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void oneRowHasNoDistance() {
        MetricRows one = new MetricRows(1).predictions(2, 1, 2).targets(2, 1, 2);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value("fid", one))
                .withMessage("Cannot compute frechetInceptionDistance: too few rows for a covariance (total weight 1.0,"
                        + " expected > 1)");
    }

    @Test
    void featuresWhoseNumberChangesAreRefused() {
        Metric<FeatureMoments> metric = new FrechetDistance("fid");
        FeatureMoments two = metric.zero();
        metric.update(
                two, new MetricRows(1).predictions(2, 1, 2).targets(2, 1, 2).all());
        FeatureMoments one = metric.zero();
        metric.update(one, new MetricRows(1).predictions(1, 1).targets(1, 1).all());
        String message = "Cannot compare features: their number changes (1, expected 2 as before)";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.merge(two, one))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.update(
                        two, new MetricRows(1).predictions(1, 1).targets(1, 1).all()))
                .withMessage(message);
    }

    @Test
    void tooManyFeaturesAreRefused() {
        MetricRows rows = new MetricRows(1).predictions(8193, new double[8193]).targets(8193, new double[8193]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value("fid", rows))
                .withMessage(
                        "Cannot compute frechetInceptionDistance: too many features (8193, expected at most 8192)");
    }

    @Test
    void classesWhoseNumberChangesAreRefused() {
        Metric<ProbabilitySums> metric = new InceptionScore("inceptionScore");
        ProbabilitySums state = metric.zero();
        metric.update(state, new MetricRows(1).predictions(3, 0, 1, 2).all());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.update(
                        state, new MetricRows(1).predictions(2, 0, 1).all()))
                .withMessage("Cannot sum probabilities: the number of classes changes (2, expected 3 as before)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"psnr", "ssim", "inceptionScore"})
    void rowsThatAllWeighNothingHaveNoValue(String metric) {
        MetricRows rows = new MetricRows(1)
                .predictions(36, new double[36])
                .targets(36, new double[36])
                .weights(0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(metric, rows))
                .withMessage("Cannot compute " + metric + ": total weight of 1 rows is 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"psnr", "ssim", "frechetInceptionDistance"})
    void shapesThatDifferAreRefused(String metric) {
        MetricRows rows = new MetricRows(1).predictions(4, 1, 2, 3, 4).targets(2, 1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(metric, rows))
                .withMessage(
                        "Cannot compute " + metric + ": targets and predictions differ in columns (2, expected 4)");
    }

    @Test
    void imageOfAnotherShapeIsRefused() {
        MetricRows rows = new MetricRows(1).predictions(3, 1, 2, 3).targets(3, 1, 2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value("ssim", rows))
                .withMessage("Cannot compute ssim: predictions are no images of that shape (3 columns, expected"
                        + " channels 1 x height 2 x width 1; set them)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value("ssim(width=4)", rows))
                .withMessage(
                        "Cannot compute ssim(width=4): predictions are no images of that shape (3 columns, expected"
                                + " channels 1 x height 0 x width 4; set them)");
    }

    @Test
    void imageSmallerThanTheKernelIsRefused() {
        MetricRows rows = new MetricRows(1).predictions(25, new double[25]).targets(25, new double[25]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value("ssim", rows))
                .withMessage("Cannot compute ssim: images are too small for the kernel (5 x 5, expected at least 6 x 6;"
                        + " set a smaller kernel)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value("ssim(kernel=7,border=valid)", rows))
                .withMessage("Cannot compute ssim(kernel=7,border=valid): images are too small for the kernel (5 x 5,"
                        + " expected at least 7 x 7; set a smaller kernel)");
    }

    @Test
    void evenKernelIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.of("ssim(kernel=4)"))
                .withMessage("Cannot set metric ssim: Invalid kernel: 4 (must be an odd number)");
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
