package io.firesteel.engine.metric.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreMetricTest {
    private static final RowSource BINARY = RowSource.classified(1);

    /** With {@code exactRows=20} some ranks keep scores, others have a histogram, and some get one by being merged. */
    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                law("rocAuc", BINARY, BINARY),
                law("averagePrecision", BINARY, BINARY),
                law("rocCurve", BINARY, BINARY),
                law("precisionRecallCurve", BINARY, BINARY),
                law("rocCurve", RowSource.classified(3), BINARY),
                law("precisionRecallCurve", RowSource.multilabel(2), BINARY),
                law("rocAuc(exactRows=20)", BINARY, BINARY),
                law("averagePrecision(exactRows=20)", RowSource.multilabel(2), BINARY),
                law("rocCurve(exactRows=20)", BINARY, BINARY),
                law("precisionRecallCurve(exactRows=20)", BINARY, BINARY),
                law("rocAuc(exactRows=0)", BINARY, BINARY),
                law("rocAuc(average=micro)", RowSource.multilabel(3), BINARY),
                law("rocAuc(average=weighted)", RowSource.classified(3), BINARY),
                law("rocAuc(multiclass=ovo)", RowSource.classified(4), RowSource.classified(3)),
                law("rocAuc(multiclass=ovo,exactRows=50)", RowSource.classified(4), RowSource.classified(3)));
    }

    private static LawCase<?> law(String metric, RowSource rows, RowSource golden) {
        return law(Metrics.of(metric), rows, golden);
    }

    private static <S> LawCase<S> law(Metric<S> metric, RowSource rows, RowSource golden) {
        return LawCase.exact(metric, rows).golden(LawCase.exact(metric, golden).golden());
    }

    @TestFactory
    Stream<DynamicTest> valuesEqualScikitLearn() {
        return MetricFacts.tests("metrics/ranking.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocAuc", "averagePrecision"})
    void exactValueIsWithinTheBoundOfTheHistogram(String name) {
        for (int round = 0; round < 20; round++) {
            MetricRows rows = separated(new Random(round), 5000, 0.3 * round);
            double exact = value(Metrics.of(name), rows).get(name);
            Map<String, Double> binned = value(Metrics.of(name + "(exactRows=0)"), rows);
            double bound = binned.get(name + "(exactRows=0).errorBound");
            assertThat(Math.abs(binned.get(name + "(exactRows=0)") - exact)).isLessThanOrEqualTo(bound + 1e-13);
            assertThat(bound).isBetween(0.0, 1e-3);
        }
    }

    private static MetricRows separated(Random random, int count, double distance) {
        double[] scores = RowSource.gaussian(random, count);
        long[] classes = random.longs(count, 0, 2).toArray();
        for (int row = 0; row < count; row++) {
            scores[row] += distance * classes[row];
        }
        return new MetricRows(count).predictions(1, scores).classes(classes).weights(RowSource.quarters(random, count));
    }

    /** All rows are in one bin: nothing is known of their order. */
    @Test
    void boundIsAHalfIfNothingIsKnown() {
        MetricRows rows = new MetricRows(2).predictions(1, 8, 8 + 1e-9).classes(0, 1);
        assertThat(value(Metrics.of("rocAuc"), rows).get("rocAuc")).isEqualTo(1);
        assertThat(value(Metrics.of("rocAuc(exactRows=0)"), rows))
                .containsEntry("rocAuc(exactRows=0)", 0.5)
                .containsEntry("rocAuc(exactRows=0).errorBound", 0.5);
    }

    @Test
    void scoresOfFewValuesAreExactInAHistogram() {
        Random random = new Random(3);
        double[] scores =
                random.doubles(3000).map(score -> Math.rint(score * 50) / 50).toArray();
        MetricRows rows = new MetricRows(3000)
                .predictions(1, scores)
                .classes(random.longs(3000, 0, 2).toArray());
        assertThat(value(Metrics.of("rocAuc(exactRows=0)"), rows))
                .containsEntry(
                        "rocAuc(exactRows=0)", value(Metrics.of("rocAuc"), rows).get("rocAuc"))
                .containsEntry("rocAuc(exactRows=0).errorBound", 0.0);
    }

    /** Each point is on the exact curve: its rates are those of the rows that reach its threshold. */
    @Test
    void pointsOfAHistogramAreOnTheExactCurve() {
        MetricRows rows = separated(new Random(4), 4000, 1);
        Map<String, Double> curve = value(Metrics.of("rocCurve(points=30,exactRows=0)"), rows);
        assertThat(curve).hasSize(3 * 30);
        MetricInput all = rows.all();
        String name = "rocCurve(points=30,exactRows=0).";
        for (int point = 0; point < 30; point++) {
            double threshold = curve.get(name + "thresholds[" + point + "]");
            assertThat(curve.get(name + "falsePositiveRate[" + point + "]")).isEqualTo(rate(all, threshold, 0));
            assertThat(curve.get(name + "truePositiveRate[" + point + "]")).isEqualTo(rate(all, threshold, 1));
        }
    }

    private static double rate(MetricInput rows, double threshold, long label) {
        double reached = 0;
        double all = 0;
        for (int row = 0; row < rows.rows(); row++) {
            double weight = rows.classLabel(row) == label ? rows.weight(row) : 0;
            all += weight;
            reached += rows.score(row) >= threshold ? weight : 0;
        }
        return reached / all;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100})
    void curvesHaveNoMorePointsThanAskedFor(int points) {
        MetricRows rows = separated(new Random(5), 1000, 1);
        Map<String, Double> roc = value(Metrics.of("rocCurve(points=" + points + ")"), rows);
        assertThat(roc.keySet().stream().filter(key -> key.contains("thresholds")))
                .hasSizeBetween(2, points);
        Map<String, Double> precision = value(Metrics.of("precisionRecallCurve(points=" + points + ")"), rows);
        assertThat(precision.keySet().stream().filter(key -> key.contains("thresholds")))
                .hasSizeBetween(2, points);
    }

    @Test
    void scoreThatIsNotANumberIsRefused() {
        MetricRows rows = new MetricRows(3).predictions(1, 1, Double.NaN, 2).classes(0, 1, 1);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("rocAuc"), rows))
                .withMessage("Cannot compute rocAuc: values are not a number (1, expected 0)");
    }

    @Test
    void oneClassAloneIsRefused() {
        MetricRows rows = new MetricRows(2).predictions(1, 1, 2).classes(1, 1);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("rocAuc"), rows))
                .withMessage("Cannot compute rocAuc: no pair of a positive and a negative row"
                        + " (weights 2.0 and 0.0, expected both > 0)");
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("rocCurve"), rows))
                .withMessage("Cannot compute rocCurve: no negative rows (weight 0.0, expected > 0)");
    }

    @Test
    void rowsThatAllWeighNothingAreRefused() {
        MetricRows rows = new MetricRows(2).predictions(1, 1, 2).classes(0, 1).weights(0, 0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("precisionRecallCurve"), rows))
                .withMessage("Cannot compute precisionRecallCurve: total weight of all rows is 0");
    }

    @Test
    void curveOfAClassWithoutRowsIsRefused() {
        MetricRows rows = new MetricRows(2).predictions(3, 1, 2, 3, 3, 2, 1).classes(1, 0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("rocCurve"), rows))
                .withMessage("Cannot compute rocCurve: no positive rows of class 2 (weight 0.0, expected > 0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocCurve", "precisionRecallCurve"})
    void curvesOfLabelsAreThoseOfEachByItself(String name) {
        Random random = new Random(6);
        double[] scores = RowSource.gaussian(random, 40);
        double[] targets = random.ints(40, 0, 2).asDoubleStream().toArray();
        Map<String, Double> both = value(
                Metrics.of(name), new MetricRows(20).predictions(2, scores).targets(2, targets));
        for (int label = 0; label < 2; label++) {
            int column = label;
            MetricRows one = new MetricRows(20)
                    .predictions(
                            1,
                            IntStream.range(0, 20)
                                    .mapToDouble(row -> scores[2 * row + column])
                                    .toArray())
                    .targets(
                            1,
                            IntStream.range(0, 20)
                                    .mapToDouble(row -> targets[2 * row + column])
                                    .toArray());
            value(Metrics.of(name), one)
                    .forEach((key, number) ->
                            assertThat(both).containsEntry(key.replace(name, name + "." + column), number));
        }
    }

    @Test
    void classOutOfRangeIsRefused() {
        MetricRows binary = new MetricRows(1).predictions(1, 1).classes(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(Metrics.of("rocAuc"), binary))
                .withMessage("Invalid class: 2 in row 0 of a batch (must be in [0, 2))");
        MetricRows three = new MetricRows(1).predictions(3, 1, 2, 3).classes(-1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(Metrics.of("rocAuc"), three))
                .withMessage("Invalid class: -1 in row 0 of a batch (must be in [0, 3))");
    }

    @Test
    void otherShapesAreRefused() {
        MetricRows labels = new MetricRows(1).predictions(2, 1, 2).targets(3, 0, 1, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(Metrics.of("rocAuc"), labels))
                .withMessage("Cannot rank scores: targets and predictions differ in columns (3, expected 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twoShapes(Metrics.of("rocAuc")))
                .withMessage("Cannot add rows to a distribution: columns and lanes differ from rows before"
                        + " (3 and 2, expected 1 and 2)");
    }

    private static <S> void twoShapes(Metric<S> metric) {
        S state = metric.zero();
        metric.update(state, new MetricRows(1).predictions(1, 1).classes(1).all());
        metric.update(
                state, new MetricRows(1).predictions(3, 1, 2, 3).classes(1).all());
    }

    @Test
    void averageThatPairsDoNotHaveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.of("rocAuc(multiclass=ovo,average=micro)"))
                .withMessage("Cannot set metric rocAuc: pairs of classes have no such average"
                        + " (micro, expected macro or weighted with multiclass=ovo)");
    }

    private static <S> Map<String, Double> value(Metric<S> metric, MetricRows rows) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state).flatten(metric.name());
    }
}
