package io.firesteel.engine.metric.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricInput;
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

class ClusterMetricsTest {
    @TestFactory
    Stream<DynamicTest> valuesAreThoseOfScikitLearn() {
        return MetricFacts.tests("metrics/cluster.json");
    }

    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                LawCase.exact(Metrics.of("silhouette"), RowSource.classified(3)),
                LawCase.exact(Metrics.of("silhouette(exactRows=5)"), RowSource.classified(2)),
                LawCase.exact(Metrics.of("daviesBouldin"), RowSource.classified(3)),
                LawCase.exact(Metrics.of("daviesBouldin(exactRows=7)"), RowSource.classified(2)),
                LawCase.within(1e-9, Metrics.of("calinskiHarabasz"), RowSource.classified(2)));
    }

    /** 8,000 rows through a sample of 2,000: within a few standard errors of at most 1 / sqrt(2000). */
    @ParameterizedTest
    @ValueSource(strings = {"silhouette", "daviesBouldin"})
    void sampleOfManyRowsIsCloseToAllRows(String metric) {
        MetricRows rows = threeClusters(8_000);
        double all = value(metric, rows).number();
        double sampled = value(metric + "(exactRows=2000)", rows).number();
        assertThat(sampled).isCloseTo(all, within(3 / Math.sqrt(2000))).isNotEqualTo(all);
    }

    @Test
    void sampleStaysSmall() {
        PointSample sample = new PointSample(100);
        MetricInput rows = threeClusters(1000).all();
        for (int row = 0; row < rows.rows(); row++) {
            sample.add(Point.of(rows, row));
        }
        assertThat(sample.points()).hasSize(100);
        assertThat(sample.rows()).isEqualTo(1000);
    }

    private static MetricRows threeClusters(int count) {
        Random random = new Random(9);
        long[] clusters = random.longs(count, 0, 3).toArray();
        double[] points = RowSource.gaussian(random, 2 * count);
        for (int i = 0; i < count; i++) {
            points[2 * i] += 3 * clusters[i];
        }
        return new MetricRows(count).predictions(2, points).classes(clusters);
    }

    @Test
    void metricsOfOneSizeShareTheirPoints() {
        assertThat(Metrics.of("silhouette").stateName())
                .isEqualTo(Metrics.of("daviesBouldin").stateName())
                .isNotEqualTo(Metrics.of("silhouette(exactRows=7)").stateName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"silhouette", "daviesBouldin", "calinskiHarabasz"})
    void oneClusterHasNoValue(String metric) {
        MetricRows rows = new MetricRows(3).predictions(1, 1, 2, 3).classes(4, 4, 4);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(metric, rows))
                .withMessage("Cannot compute " + metric
                        + ": bad number of clusters (1 in a total weight of 3.0, expected at least 2 and fewer than"
                        + " that)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"silhouette", "daviesBouldin", "calinskiHarabasz"})
    void rowsThatAllWeighNothingHaveNoValue(String metric) {
        MetricRows rows = new MetricRows(2).predictions(1, 1, 2).classes(0, 1).weights(0, 0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(metric, rows))
                .withMessage("Cannot compute " + metric
                        + ": bad number of clusters (0 in a total weight of 0.0, expected at least 2 and fewer than"
                        + " that)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"silhouette", "calinskiHarabasz"})
    void featureThatIsNotANumberIsRefused(String metric) {
        MetricRows rows = new MetricRows(2).predictions(1, 1, Double.NaN).classes(0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(metric, rows))
                .withMessage("Invalid feature: NaN in row 1 of a batch (must be a finite number)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"silhouette", "calinskiHarabasz"})
    void featuresWhoseNumberChangesAreRefused(String metric) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> merged(Metrics.of(metric)))
                .withMessage("Cannot compare points: the number of features changes (2, expected 1 as before)");
    }

    private static <S> S merged(Metric<S> metric) {
        S one = metric.zero();
        metric.update(one, new MetricRows(1).predictions(1, 1).classes(0).all());
        S two = metric.zero();
        metric.update(two, new MetricRows(1).predictions(2, 1, 2).classes(0).all());
        return metric.merge(one, two);
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
