package io.firesteel.spark.config;

import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.catalogue.UnknownMetricException;

/** Words for what is wrong with a metric's text. */
public final class MetricProblem {
    private MetricProblem() {}

    /** The failure's message; for a name that is unknown, with the name that was most likely meant. */
    public static String of(IllegalArgumentException failure) {
        if (!(failure instanceof UnknownMetricException unknown)) {
            return failure.getMessage();
        }
        String wayOut = Suggestion.nearest(unknown.name(), Metrics.spellings())
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> "known: " + String.join(", ", Metrics.names()));
        return "Unknown metric: " + unknown.name() + " (" + wayOut + ")";
    }
}
