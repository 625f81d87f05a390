package io.firesteel.engine.metric.cluster;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import java.util.List;
import java.util.Set;

/** The metrics of this package. */
public final class ClusterMetrics {
    private static final int EXACT_ROWS = 10_000;
    private static final int MOST_ROWS = 1_000_000;
    private static final Set<Reads> READS = Set.of(Reads.PREDICTIONS, Reads.CLASSES);

    private static final List<MetricParameter> SAMPLE = List.of(MetricParameter.integer(
            "exactRows", EXACT_ROWS, 2, MOST_ROWS, "up to how many rows it is exact; of more, a sample of so many"));

    private ClusterMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return List.of(
                new MetricKind(
                        "silhouette",
                        List.of("silhouetteScore"),
                        READS,
                        SAMPLE,
                        "how much nearer rows are to their own cluster than to the next",
                        Silhouette::new),
                new MetricKind(
                        "daviesBouldin",
                        List.of("daviesBouldinScore", "daviesBouldinIndex"),
                        READS,
                        SAMPLE,
                        "how wide clusters are against their distances; lower is better",
                        DaviesBouldin::new),
                new MetricKind(
                        "calinskiHarabasz",
                        List.of("calinskiHarabaszScore", "calinskiHarabaszIndex"),
                        READS,
                        List.of(),
                        "the scatter between clusters against that within",
                        parameters -> new CalinskiHarabasz(parameters.metricName())));
    }
}
