package io.firesteel.engine.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics that a job file can name. */
public final class Metrics {
    private static final Map<String, Metric<?>> BY_NAME = byName(new LossMetric(), new AccuracyMetric());

    private Metrics() {}

    private static Map<String, Metric<?>> byName(Metric<?>... metrics) {
        Map<String, Metric<?>> byName = new LinkedHashMap<>();
        for (Metric<?> metric : metrics) {
            byName.put(metric.name(), metric);
        }
        return byName;
    }

    /** All names, in the order in which documentation lists them. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * The metric of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Metric<?> byName(String name) {
        Metric<?> metric = BY_NAME.get(name);
        if (metric == null) {
            throw new IllegalArgumentException("Invalid metric: " + name + " (must be one of " + names() + ")");
        }
        return metric;
    }
}
