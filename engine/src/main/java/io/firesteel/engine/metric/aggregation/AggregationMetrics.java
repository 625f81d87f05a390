package io.firesteel.engine.metric.aggregation;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import java.util.List;
import java.util.Set;

/** The metrics of this package. */
public final class AggregationMetrics {
    private AggregationMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return List.of(new MetricKind(
                "loss",
                List.of(),
                Set.of(Reads.LOSSES),
                List.of(),
                "the mean of what training lowers",
                parameters -> new MeanLoss()));
    }
}
