package io.firesteel.engine.metric.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are compared with SciPy in {@link ErrorQuantileTest}. */
class PairMetricTest {
    /** Multiples of 1/4, so that sums of targets are exact and some pairs come twice. */
    private static final RowSource PAIRS = (random, count) -> {
        double[] targets = random.ints(count, 4, 12).mapToDouble(y -> y / 4.0).toArray();
        double[] predictions =
                random.ints(count, 4, 12).mapToDouble(y -> y / 4.0).toArray();
        return new MetricRows(count)
                .predictions(1, predictions)
                .targets(1, targets)
                .weights(RowSource.quarters(random, count));
    };

    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                LawCase.exact(Metrics.of("spearman"), PAIRS),
                LawCase.exact(Metrics.of("kendall"), PAIRS),
                LawCase.exact(Metrics.of("medianRelativeAbsoluteError"), PAIRS),
                LawCase.exact(Metrics.of("geometricMeanRelativeAbsoluteError"), PAIRS),
                LawCase.exact(Metrics.of("kendall(variant=c,exactRows=9)"), PAIRS),
                LawCase.exact(Metrics.of("spearman(exactRows=1)"), PAIRS));
    }

    /** 200 000 rows, of which 4 000 are kept; 4 standard errors are exceeded once in 16 000 times. */
    @ParameterizedTest
    @ValueSource(strings = {"spearman", "kendall", "medianRelativeAbsoluteError", "geometricMeanRelativeAbsoluteError"})
    void sampleIsWithinItsStandardErrorOfTheWhole(String name) {
        for (int round = 0; round < 3; round++) {
            Random random = new Random(round);
            double[] targets = RowSource.gaussian(random, 200_000);
            double[] predictions = RowSource.gaussian(random, 200_000);
            for (int row = 0; row < targets.length; row++) {
                predictions[row] = 0.5 * predictions[row] + targets[row];
            }
            MetricRows rows =
                    new MetricRows(targets.length).predictions(1, predictions).targets(1, targets);
            double whole = value(Metrics.of(name), rows, "m").get("m");
            Map<String, Double> sample = value(Metrics.of(name + "(exactRows=4000)"), rows, "m");
            double standardError = sample.get("m.standardError");
            assertThat(standardError).isBetween(1e-3, 0.02);
            assertThat(Math.abs(sample.get("m") - whole)).isBetween(1e-9, 4 * standardError);
        }
    }

    @Test
    void sampleIsNotOneWhileDifferentPairsFit() {
        MetricRows rows = PAIRS.rows(new Random(5), 10_000);
        assertThat(value(Metrics.of("kendall(exactRows=64)"), rows, "m"))
                .isEqualTo(value(Metrics.of("kendall"), rows, "m"))
                .containsOnlyKeys("m");
        assertThat(value(Metrics.of("kendall(exactRows=63)"), rows, "m")).containsKey("m.standardError");
    }

    @Test
    void stateOfASampleIsBounded() {
        assertThat(bytes(Metrics.of("spearman(exactRows=1000)"))).isLessThan(24 * 1000 + 200);
    }

    private static <S> int bytes(Metric<S> metric) {
        S state = metric.zero();
        for (int batch = 0; batch < 20; batch++) {
            metric.update(
                    state, RowSource.regression(1).rows(new Random(batch), 5000).all());
        }
        return metric.toBytes(state).length;
    }

    @Test
    void constantTargetsAreRefused() {
        MetricRows rows = new MetricRows(2).predictions(1, 1, 2).targets(1, 3, 3);
        for (String name : new String[] {"spearman", "kendall"}) {
            assertThatExceptionOfType(NotComputableException.class)
                    .isThrownBy(() -> value(Metrics.of(name), rows, "m"))
                    .withMessage("Cannot compute " + name
                            + ": predictions or targets are all the same (1 value, expected at least 2)");
        }
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("medianRelativeAbsoluteError"), rows, "m"))
                .withMessage("Cannot compute medianRelativeAbsoluteError: too many targets are equal to their mean"
                        + " (Infinity, expected a number)");
    }

    @Test
    void numberThatIsNoneIsRefused() {
        MetricRows rows = new MetricRows(2).predictions(1, 1, Double.NaN).targets(1, 3, 4);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("spearman"), rows, "m"))
                .withMessage("Cannot compute spearman: rows with a prediction or target that is not a number"
                        + " (1, expected 0)");
    }

    @Test
    void severalColumnsAreRefused() {
        MetricRows rows = new MetricRows(1).predictions(2, 1, 2).targets(2, 3, 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(Metrics.of("spearman"), rows, "m"))
                .withMessage("Cannot compute spearman: predictions or targets have several columns (2, expected 1)");
    }

    private static <S> Map<String, Double> value(Metric<S> metric, MetricRows rows, String name) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state).flatten(name);
    }
}
