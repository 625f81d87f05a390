package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.set.MetricResults;
import io.firesteel.engine.metric.set.MetricSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Gathers what metrics come to, and why some come to nothing, by the metrics' own names. */
final class ExactResults {
    private final MetricSet metrics;
    private final Map<String, MetricValue> values = new LinkedHashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();

    ExactResults(MetricSet metrics) {
        this.metrics = metrics;
    }

    /** The own names of the metrics of a kind, with their parameters. */
    Set<String> names(String kind) {
        return metrics.metricNames(Metrics.kind(kind));
    }

    /** Computes the metrics of a kind, each from its own name. */
    void compute(String kind, Function<String, MetricValue> value) {
        for (String name : names(kind)) {
            try {
                values.put(name, value.apply(name));
            } catch (NotComputableException e) {
                problems.put(name, e.getMessage());
            }
        }
    }

    MetricResults found() {
        return new MetricResults(values, problems);
    }

    /** Refuses values that have no order, in the words of the metrics that hold them. */
    static void checkOrder(String name, long missing) {
        if (missing > 0) {
            throw new NotComputableException(
                    "Cannot compute " + name + ": values are not a number (" + missing + ", expected 0)");
        }
    }
}
