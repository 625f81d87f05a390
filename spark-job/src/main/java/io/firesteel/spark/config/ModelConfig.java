package io.firesteel.spark.config;

import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.train.LossFunction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in a {@code model.yaml}: all that is needed to use the weights beside it. Immutable and valid.
 *
 * @param name of the job that trained the model
 * @param derive columns that rows need beside those that they have, each with its SQL, in their order
 * @param features the inputs, in the model's order, at least one
 * @param label what the model learnt
 * @param weight how much a row counts; empty: each counts the same
 * @param model the network
 * @param loss what training made small: it says what the outputs mean
 * @param metrics what was measured, at least one
 */
public record ModelConfig(
        String name,
        Map<String, String> derive,
        List<FeatureConfig> features,
        LabelConfig label,
        Optional<WeightConfig> weight,
        ModelSpec model,
        LossFunction loss,
        List<String> metrics) {
    private static final String LABEL = "label";

    public ModelConfig {
        JobSection.NAME.check(name);
        derive = DeriveType.copyOf(derive);
        features = JobSection.FEATURES.check(List.copyOf(features));
        Objects.requireNonNull(label, LABEL);
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(loss, "loss");
        metrics = JobSection.METRICS.check(List.copyOf(metrics));
    }

    /** The same with other derived columns. */
    public ModelConfig deriving(Map<String, String> columns) {
        return new ModelConfig(name, columns, features, label, weight, model, loss, metrics);
    }

    /** The columns that are no features, whatever a pattern of theirs matches. */
    public Set<String> reserved() {
        Set<String> reserved = new LinkedHashSet<>(label.columns());
        weight.map(WeightConfig::column).ifPresent(reserved::add);
        return reserved;
    }

    /** The label of a row, as the network knows it. */
    public TensorSpec labelTensor() {
        int columns = label.columns().size();
        return new TensorSpec(LABEL, label.type(), columns == 1 ? List.of() : List.of(columns));
    }
}
