package io.firesteel.engine.metric.classification;

import static io.firesteel.engine.metric.RowSource.classified;
import static io.firesteel.engine.metric.RowSource.multilabel;
import static io.firesteel.engine.metric.RowSource.quarters;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Laws and values of all metrics of the package; what each of them refuses is in tests of their own. */
class ClassificationMetricsTest {
    private static final List<String> OF_THE_MATRIX = List.of(
            "precision",
            "recall(average=none)",
            "fBeta(beta=2,average=weighted)",
            "f1(average=micro)",
            "specificity",
            "balancedAccuracy(adjusted=true)",
            "confusionMatrix(normalize=true)",
            "multilabelConfusionMatrix",
            "iou",
            "meanIou(ignoreIndex=0)",
            "jaccard",
            "dice",
            "cohenKappa(weights=quadratic)",
            "matthews",
            "classificationReport");

    @TestFactory
    Stream<DynamicTest> valuesEqualScikitLearn() {
        return MetricFacts.tests("metrics/classification.json");
    }

    @TestFactory
    Stream<DynamicContainer> lawsOfMetricsOfOneMatrix() {
        return OF_THE_MATRIX.stream()
                .flatMap(metric -> MetricLaws.of(LawCase.exact(Metrics.of(metric), classified(3))));
    }

    @TestFactory
    Stream<DynamicContainer> lawsOfAMatrixThatGrowsWithItsClasses() {
        return MetricLaws.of(goldenOfClasses(LawCase.exact(Metrics.of("matthews"), growingClasses())));
    }

    @TestFactory
    Stream<DynamicContainer> lawsOfLabels() {
        return Stream.of("precision", "classificationReport", "multilabelConfusionMatrix", "jaccard(average=weighted)")
                .flatMap(metric -> MetricLaws.of(goldenOfClasses(LawCase.ofSums(Metrics.of(metric), multilabel(3)))));
    }

    @TestFactory
    Stream<DynamicContainer> lawsOfALimitedMatrix() {
        return MetricLaws.of(
                LawCase.ofSums(Metrics.of("f1(classes=3)"), multilabel(3)),
                LawCase.exact(Metrics.of("confusionMatrix(classes=2)"), voidClasses()));
    }

    @TestFactory
    Stream<DynamicContainer> lawsOfMeansOverRows() {
        return MetricLaws.of(
                LawCase.exact(Metrics.of("accuracy(exactMatch=true)"), multilabel(3)),
                LawCase.exact(Metrics.of("topKAccuracy"), classified(7)),
                LawCase.exact(Metrics.of("topKAccuracy(k=2)"), classified(4)),
                LawCase.ofSums(Metrics.of("precision(average=samples)"), multilabel(4)),
                LawCase.ofSums(Metrics.of("fBeta(beta=0.5,average=samples)"), multilabel(4)));
    }

    @TestFactory
    Stream<DynamicContainer> lawsOfMetricsOfProbabilities() {
        return MetricLaws.of(
                LawCase.ofSums(Metrics.of("logLoss"), classified(3)),
                LawCase.ofSums(Metrics.of("brier"), classified(1)),
                LawCase.ofSums(Metrics.of("calibrationError"), classified(3)),
                LawCase.ofSums(Metrics.of("calibrationError(bins=10,norm=max)"), classified(1)));
    }

    /** The state's golden bytes are those of rows of three classes. */
    private static <S> LawCase<S> goldenOfClasses(LawCase<S> law) {
        return law.golden(LawCase.exact(law.metric(), classified(3)).golden());
    }

    /** Rare large classes, so that ranks know different numbers of them. */
    private static RowSource growingClasses() {
        return (random, count) -> new MetricRows(count)
                .kind(PredictionKind.CLASSES)
                .predictions(1, classes(random, count).asDoubleStream().toArray())
                .classes(classes(random, count).toArray())
                .weights(quarters(random, count));
    }

    private static LongStream classes(Random random, int count) {
        return random.doubles(count).mapToLong(number -> (long) (20 * Math.pow(number, 4)));
    }

    private static RowSource voidClasses() {
        return (random, count) -> new MetricRows(count)
                .predictions(2, RowSource.gaussian(random, 2 * count))
                .classes(random.longs(count, -1, 3).toArray())
                .weights(quarters(random, count));
    }

    @Test
    void metricsOfOneMatrixHaveOneState() {
        assertThat(OF_THE_MATRIX)
                .extracting(metric -> Metrics.of(metric).stateName())
                .containsOnly("confusion");
        assertThat(Metrics.of("f1(classes=3)").stateName()).isEqualTo("confusion(classes=3)");
        assertThat(Metrics.of("ece(norm=max)").stateName()).isEqualTo("calibration(bins=15)");
    }

    @Test
    void namesOfScikitLearnAndIgniteAreKnown() {
        assertThat(Stream.of("precision_score", "f1_score", "fbeta_score", "mcc", "mIoU", "DiceCoefficient", "ece")
                        .map(Metrics::of)
                        .map(Metric::name))
                .containsExactly("precision", "f1", "fBeta", "matthews", "meanIou", "dice", "calibrationError");
    }
}
