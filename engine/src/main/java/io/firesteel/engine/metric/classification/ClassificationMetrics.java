package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import java.util.List;
import java.util.Set;

/** The metrics of this package. */
public final class ClassificationMetrics {
    private ClassificationMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return List.of(new MetricKind(
                "accuracy",
                List.of("acc"),
                Set.of(Reads.PREDICTIONS, Reads.CLASSES),
                List.of(),
                "the share of right predictions",
                parameters -> new Accuracy()));
    }
}
