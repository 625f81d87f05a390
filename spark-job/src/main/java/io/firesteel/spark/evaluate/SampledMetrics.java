package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.set.MetricSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** The metrics that compare each row with each other, which no order helps: of more rows than they hold they take a sample. */
final class SampledMetrics {
    /** By kind, the parameter that says how many rows are held. */
    static final Map<String, String> HELD = Map.of(
            "silhouette", "exactRows",
            "daviesBouldin", "exactRows",
            "hsic", "samples",
            "maximumMeanDiscrepancy", "samples");

    private SampledMetrics() {}

    /** Why entries of a set aren't exact, by their names. */
    static Map<String, String> problems(MetricSet metrics, long rows) {
        Map<String, String> problems = new LinkedHashMap<>();
        for (String entry : metrics.names()) {
            for (MetricKind kind : metrics.kinds(entry)) {
                if (HELD.containsKey(kind.name())) {
                    metrics.metricNames(kind).forEach(name -> add(problems, entry, name, rows));
                }
            }
        }
        return problems;
    }

    private static void add(Map<String, String> problems, String entry, String name, long rows) {
        int held =
                Metrics.parameters(name).integer(HELD.get(Metrics.kindOf(name).name()));
        if (rows > held) {
            problems.put(
                    entry,
                    "Cannot compute " + name + " exactly: it compares each row with each other (" + rows
                            + " rows, expected at most " + held + "), so the value is that of a sample");
        }
    }
}
