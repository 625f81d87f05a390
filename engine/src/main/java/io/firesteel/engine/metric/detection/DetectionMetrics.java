package io.firesteel.engine.metric.detection;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import java.util.List;
import java.util.Set;

/** The metrics of this package. */
public final class DetectionMetrics {
    static final String COCO = "cocoMeanAveragePrecision";
    static final int MAX_DETECTIONS = 100;

    private static final int MOST_DETECTIONS = 100_000;

    private DetectionMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return List.of(new MetricKind(
                COCO,
                List.of("cocoMap", "detectionMap", "commonObjectDetectionMetrics", "objectDetectionAvgPrecisionRecall"),
                Set.of(Reads.PREDICTIONS, Reads.CLASSES, Reads.TARGETS, Reads.GROUPS),
                List.of(
                        MetricParameter.integer(
                                "maxDetections",
                                MAX_DETECTIONS,
                                1,
                                MOST_DETECTIONS,
                                "how many detections of a category count in an image"),
                        MetricParameter.flag("perCategory", false, "whether each category has its values, too")),
                "how many boxes an object detector finds, and how few wrong ones",
                CocoMeanAveragePrecision::new));
    }
}
