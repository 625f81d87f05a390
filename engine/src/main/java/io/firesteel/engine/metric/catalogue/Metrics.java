package io.firesteel.engine.metric.catalogue;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.aggregation.AggregationMetrics;
import io.firesteel.engine.metric.classification.ClassificationMetrics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The metrics that a job file or a command line can name. */
public final class Metrics {
    private static final List<MetricKind> KINDS = Stream.of(AggregationMetrics.kinds(), ClassificationMetrics.kinds())
            .flatMap(Collection::stream)
            .toList();

    private static final Map<String, MetricKind> BY_KEY = byKey();

    private Metrics() {}

    private static Map<String, MetricKind> byKey() {
        Map<String, MetricKind> byKey = new LinkedHashMap<>();
        for (MetricKind kind : KINDS) {
            Stream.concat(Stream.of(kind.name()), kind.aliases().stream()).forEach(name -> {
                MetricKind other = byKey.put(key(name), kind);
                if (other != null) {
                    throw new IllegalStateException("Cannot list metric " + kind.name() + ": " + other.name()
                            + " has that name too (" + name + ")");
                }
            });
        }
        return byKey;
    }

    /** Names are the same whatever their case, with or without underscores and hyphens. */
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** All kinds, in the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return KINDS;
    }

    /** All names, without aliases. */
    public static List<String> names() {
        return KINDS.stream().map(MetricKind::name).toList();
    }

    /**
     * The metric that a text asks for: {@code accuracy}, {@code precision(average=micro)}. Case, underscores and hyphens in the
     * name don't matter, so that {@code log_loss} is {@code logLoss}; aliases are as good as names.
     *
     * @throws IllegalArgumentException if there is no such metric or parameter, or a value isn't allowed
     */
    public static Metric<?> of(String text) {
        return MetricText.parse(text).create();
    }

    /**
     * The metric of that name, with parameters.
     *
     * @throws IllegalArgumentException if there is no such metric or parameter, or a value isn't allowed
     */
    public static Metric<?> of(String name, Map<String, ?> parameters) {
        return kind(name).create(parameters);
    }

    /**
     * What a metric of that name is.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static MetricKind kind(String name) {
        MetricKind kind = BY_KEY.get(key(name));
        if (kind == null) {
            throw new IllegalArgumentException("Invalid metric: " + name + " (must be one of " + names() + ")");
        }
        return kind;
    }
}
