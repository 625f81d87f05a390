package io.firesteel.engine.metric.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CocoMeanAveragePrecisionTest {
    private static final String NAME = "cocoMeanAveragePrecision";

    @TestFactory
    Stream<DynamicTest> valuesAreThoseOfPycocotools() {
        return MetricFacts.tests("metrics/detection.json");
    }

    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                LawCase.exact(Metrics.of(NAME), CocoMeanAveragePrecisionTest::randomBoxes),
                LawCase.exact(Metrics.of(NAME + "(perCategory=true)"), CocoMeanAveragePrecisionTest::randomBoxes),
                LawCase.exact(Metrics.of(NAME + "(maxDetections=2)"), CocoMeanAveragePrecisionTest::randomBoxes));
    }

    /** Few places and scores, so that many are equal. */
    private static MetricRows randomBoxes(Random random, int count) {
        double[] boxes = new double[5 * count];
        for (int i = 0; i < count; i++) {
            boxes[5 * i] = random.nextInt(5) / 4.0;
            boxes[5 * i + 1] = 10 * random.nextInt(3);
            boxes[5 * i + 2] = 10 * random.nextInt(3);
            boxes[5 * i + 3] = boxes[5 * i + 1] + 20 + 5 * random.nextInt(3);
            boxes[5 * i + 4] = boxes[5 * i + 2] + 20 + 5 * random.nextInt(30);
        }
        double[] kinds = random.ints(count, 0, 5)
                .mapToDouble(kind -> kind == 4 ? 2 : kind % 2)
                .toArray();
        List<String> images =
                random.ints(count, 0, 4).mapToObj(image -> "image " + image).toList();
        return new MetricRows(count)
                .predictions(5, boxes)
                .targets(1, kinds)
                .classes(random.longs(count, -1, 2).toArray())
                .groups(images);
    }

    /** 1,000 detections of which only 2 are kept, in whatever order they come. */
    @Test
    void bestDetectionsStay() {
        ImageBoxes boxes = new ImageBoxes(2);
        List<Integer> scores = new ArrayList<>(IntStream.range(0, 1000).boxed().toList());
        Collections.shuffle(scores, new Random(1));
        scores.forEach(score -> boxes.addDetection(new Box(score, false, 0, 0, 1, 1)));
        assertThat(boxes.detections()).extracting(Box::score).containsExactly(999.0, 998.0);
    }

    @Test
    void imagesWithoutTrueBoxesHaveNoValue() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(row(0, 1, 0, 0, 10, 10)))
                .withMessage("Cannot compute " + NAME
                        + ": nothing to find (0 true boxes that aren't crowds in 1 rows, expected 1 or more)");
    }

    @Test
    void unknownKindIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(row(3, 1, 0, 0, 10, 10)))
                .withMessage(
                        "Invalid kind of box: 3.0 in row 0 of a batch (must be 0 for a detection, 1 for a true box,"
                                + " 2 for a crowd)");
    }

    @Test
    void boxInsideOutIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(row(1, 0, 10, 0, 5, 10)))
                .withMessage("Invalid box: score 0.0, 10.0, 0.0, 5.0, 10.0 in row 0 of a batch (must be score, x1, y1,"
                        + " x2, y2 with x1 <= x2 and y1 <= y2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(row(0, Double.NaN, 0, 0, 5, 10)))
                .withMessageStartingWith("Invalid box: score NaN");
    }

    @Test
    void predictionsThatAreNoBoxesAreRefused() {
        MetricRows rows = new MetricRows(1)
                .predictions(4, 1, 2, 3, 4)
                .targets(1, 0)
                .classes(0)
                .groups(List.of("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(rows))
                .withMessage("Cannot compute " + NAME
                        + ": predictions are no boxes (4 columns, expected 5: score, x1, y1, x2, y2)");
    }

    private static MetricRows row(double kind, double... box) {
        return new MetricRows(1).predictions(5, box).targets(1, kind).classes(0).groups(List.of("a"));
    }

    private static MetricValue value(MetricRows rows) {
        return value(Metrics.of("cocoMap"), rows);
    }

    private static <S> MetricValue value(Metric<S> metric, MetricRows rows) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state);
    }
}
