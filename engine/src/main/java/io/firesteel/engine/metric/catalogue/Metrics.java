package io.firesteel.engine.metric.catalogue;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.aggregation.AggregationMetrics;
import io.firesteel.engine.metric.classification.ClassificationMetrics;
import io.firesteel.engine.metric.cluster.ClusterMetrics;
import io.firesteel.engine.metric.detection.DetectionMetrics;
import io.firesteel.engine.metric.fairness.FairnessMetrics;
import io.firesteel.engine.metric.image.ImageMetrics;
import io.firesteel.engine.metric.probabilistic.ProbabilisticMetrics;
import io.firesteel.engine.metric.quantile.QuantileMetrics;
import io.firesteel.engine.metric.ranking.RankingMetrics;
import io.firesteel.engine.metric.regression.RegressionMetrics;
import io.firesteel.engine.metric.text.TextMetrics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The metrics that a job file or a command line can name. */
public final class Metrics {
    private static final List<MetricKind> KINDS = Stream.of(
                    AggregationMetrics.kinds(),
                    ClassificationMetrics.kinds(),
                    RankingMetrics.kinds(),
                    RegressionMetrics.kinds(),
                    QuantileMetrics.kinds(),
                    ProbabilisticMetrics.kinds(),
                    TextMetrics.kinds(),
                    ImageMetrics.kinds(),
                    ClusterMetrics.kinds(),
                    DetectionMetrics.kinds(),
                    FairnessMetrics.kinds())
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

    /** All names and aliases. */
    public static List<String> spellings() {
        return KINDS.stream()
                .flatMap(kind -> Stream.concat(Stream.of(kind.name()), kind.aliases().stream()))
                .toList();
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
     * The metric that a text asks for, with other standards of some parameters.
     *
     * @param standards for those parameters that the text doesn't give, by name
     * @throws IllegalArgumentException as {@link #of(String)}
     */
    public static Metric<?> with(String text, Map<String, String> standards) {
        MetricText parsed = MetricText.parse(text);
        Map<String, String> parameters = new LinkedHashMap<>(standards);
        parameters.putAll(parsed.parameters());
        return of(parsed.name(), parameters);
    }

    /**
     * The parameters of the metric that a text asks for.
     *
     * @param text such as {@link Metric#name()}
     * @throws IllegalArgumentException as {@link #of(String)}
     */
    public static MetricParameters parameters(String text) {
        MetricText parsed = MetricText.parse(text);
        return kind(parsed.name()).checked(parsed.parameters());
    }

    /**
     * What a metric of that name is.
     *
     * @throws UnknownMetricException if there is none
     */
    public static MetricKind kind(String name) {
        return find(name).orElseThrow(() -> new UnknownMetricException(name));
    }

    /** What a metric of that name is, if there is one. */
    public static Optional<MetricKind> find(String name) {
        return Optional.ofNullable(BY_KEY.get(key(name)));
    }

    /**
     * The kind of the metric that a text asks for.
     *
     * @throws IllegalArgumentException if there is no such metric
     */
    public static MetricKind kindOf(String text) {
        return kind(MetricText.parse(text).name());
    }
}
