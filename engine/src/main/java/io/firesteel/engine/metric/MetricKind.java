package io.firesteel.engine.metric;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What a job file or a command line can name: a metric that may still be given parameters.
 *
 * @param name in camel case, unique in the catalogue
 * @param aliases other names by which users know it, such as {@code mse}
 * @param reads what a batch must have for it
 * @param parameters in the order in which documentation lists them
 * @param meaning what it measures, in one line
 * @param factory makes the metric, whose name is {@link MetricParameters#metricName()}
 */
public record MetricKind(
        String name,
        List<String> aliases,
        Set<Reads> reads,
        List<MetricParameter> parameters,
        String meaning,
        Function<MetricParameters, Metric<?>> factory) {
    /** What a batch must have. */
    public enum Reads {
        /** The model's outputs, of whatever kind. */
        PREDICTIONS,
        /** Outputs that are probabilities or logits, not classes. */
        PROBABILITIES,
        /** Class labels, or labels that are yes or no. */
        CLASSES,
        /** Targets that are numbers. */
        TARGETS,
        LOSSES,
        GROUPS,
        TEXTS
    }

    public MetricKind {
        Objects.requireNonNull(name, "name");
        aliases = List.copyOf(aliases);
        reads = Set.copyOf(reads);
        parameters = List.copyOf(parameters);
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(factory, "factory");
    }

    /** The metric with all parameters at their defaults. */
    public Metric<?> create() {
        return create(Map.of());
    }

    /**
     * The metric with parameters.
     *
     * @param given numbers, booleans or text by name; those left out are at their defaults
     * @throws IllegalArgumentException if a name is unknown or a value isn't allowed
     */
    public Metric<?> create(Map<String, ?> given) {
        MetricParameters checked = checked(given);
        Metric<?> metric = factory.apply(checked);
        if (!metric.name().equals(checked.metricName())) {
            throw new IllegalStateException("Cannot make metric " + checked.metricName() + ": it calls itself "
                    + metric.name() + " (expected the name of its parameters)");
        }
        return metric;
    }

    /**
     * What a user has given, those that are left out at their defaults.
     *
     * @param given numbers, booleans or text by name
     * @throws IllegalArgumentException if a name is unknown or a value isn't allowed
     */
    public MetricParameters checked(Map<String, ?> given) {
        return new MetricParameters(this, given);
    }
}
