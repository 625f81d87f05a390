package io.firesteel.engine.optim;

import io.firesteel.engine.schedule.ReducePlateau;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Lowers a hyper-parameter at the end of an epoch, where a metric has stopped to improve: a value that crosses Spark. It begins
 * with the optimizer's or the group's own value. What it sets reaches groups as what a {@link HyperparameterSchedule} sets.
 *
 * @param parameter the hyper-parameter
 * @param group the {@link ParameterGroup#parameters} of the group that it is for; empty: all parameters
 * @param metric name of the merged metric, such as {@code validation.loss}
 * @param rule when and how much
 */
public record HyperparameterPlateau(Tunable parameter, String group, String metric, ReducePlateau rule)
        implements Scheduled, Serializable {
    public HyperparameterPlateau {
        Objects.requireNonNull(parameter, "parameter");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(rule, "rule");
        if (metric == null || metric.isBlank()) {
            throw new IllegalArgumentException("Invalid metric: " + metric + " (must not be blank)");
        }
    }

    /** For all parameters. */
    public static HyperparameterPlateau of(Tunable parameter, String metric, ReducePlateau rule) {
        return new HyperparameterPlateau(parameter, "", metric, rule);
    }

    /** The value before the first reduction. */
    double first(Optimization optimization) {
        double ofAll = optimization.optimizer().tunables().get(parameter);
        return optimization.groups().stream()
                .filter(candidate -> candidate.parameters().equals(group))
                .findFirst()
                .map(own -> Map.of(Tunable.LEARNING_RATE, own.learningRate(), Tunable.WEIGHT_DECAY, own.weightDecay())
                        .getOrDefault(parameter, ofAll))
                .orElse(ofAll);
    }
}
