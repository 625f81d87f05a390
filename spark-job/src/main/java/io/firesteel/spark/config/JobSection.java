package io.firesteel.spark.config;

import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.HandlerOptions;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys at the top of a job file. */
final class JobSection {
    static final Key<String> NAME = Key.required(
            "name",
            ScalarTypes.text(
                    Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*"),
                    "a name of letters, digits, '.', '_' and '-' that doesn't start with '.'"));
    static final Key<Long> SEED = Key.withDefault("seed", ScalarTypes.anyWholeNumber(), "42");
    static final Key<DataConfig> DATA = Key.required("data", DataSection.TYPE);
    static final Key<List<FeatureConfig>> FEATURES =
            Key.required("features", CollectionTypes.listOf(FeatureSection.TYPE, 1, "mappings"));
    static final Key<LabelConfig> LABEL = Key.required("label", LabelSection.TYPE);
    static final Key<WeightConfig> WEIGHT = Key.optional("weight", WeightSection.TYPE);
    static final Key<ModelSpec> MODEL = Key.required("model", ModelSection.TYPE);
    static final Key<LossFunction> LOSS =
            Key.required("loss", ScalarTypes.oneOf(List.of(LossFunction.values()), LossFunction::label));
    static final Key<Optimization> OPTIMIZER = Key.required("optimizer", OptimizerSection.TYPE);
    static final Key<TrainConfig> TRAIN = Key.required("train", TrainSection.TYPE);
    static final Key<List<String>> METRICS = Key.withDefault("metrics", MetricsType.TYPE, "[loss]");
    static final Key<String> SETUP = Key.optional("setup", ModelSection.CLASS_NAME_TYPE);
    static final Key<HandlerOptions> HANDLERS = Key.optional("handlers", HandlerSection.TYPE);
    static final Key<CheckpointConfig> CHECKPOINT = Key.optional("checkpoint", CheckpointSection.TYPE);
    static final Key<String> OUTPUT = Key.withDefault("output", ScalarTypes.text(), "${cwd}/runs");

    static final Schema SCHEMA = Schema.of(
            NAME,
            SEED,
            DATA,
            FEATURES,
            LABEL,
            WEIGHT,
            MODEL,
            LOSS,
            OPTIMIZER,
            TRAIN,
            METRICS,
            SETUP,
            HANDLERS,
            CHECKPOINT,
            RetrainingSections.REGISTRY,
            RetrainingSections.RETRAIN,
            RetrainingSections.CHECKS,
            RetrainingSections.PROMOTE,
            RetrainingSections.CANDIDATES,
            RetrainingSections.HOOKS,
            OUTPUT);

    /** The keys of a {@code model.yaml}. */
    static final Schema MODEL_SCHEMA =
            Schema.of(NAME, DeriveType.DERIVE, FEATURES, LABEL, WEIGHT, MODEL, LOSS, METRICS);

    private JobSection() {}

    static Optional<JobConfig> read(Section section) {
        String name = section.read(NAME);
        Long seed = section.read(SEED);
        DataConfig data = section.read(DATA);
        List<FeatureConfig> features = section.read(FEATURES);
        LabelConfig label = section.read(LABEL);
        Optional<WeightConfig> weight = section.find(WEIGHT);
        ModelSpec model = section.read(MODEL);
        LossFunction loss = section.read(LOSS);
        Optimization optimizer = section.read(OPTIMIZER);
        TrainConfig train = section.read(TRAIN);
        List<String> metrics = section.read(METRICS);
        Optional<String> setup = section.find(SETUP);
        HandlerOptions handlers = section.find(HANDLERS).orElse(HandlerOptions.NONE);
        Optional<CheckpointConfig> checkpoint = section.find(CHECKPOINT);
        Retraining retraining = RetrainingSections.read(section).orElse(Retraining.NONE);
        String output = section.read(OUTPUT);
        reportBrokenRules(section, features, label, loss, metrics);
        if (optimizer != null && train != null) {
            JobRules.sharding(optimizer, train).forEach(section::report);
        }
        if (train != null) {
            WatchRules.train(handlers, train).forEach(section::report);
        }
        if (data != null && optimizer != null && metrics != null) {
            WatchRules.metrics(
                            WatchRules.watched(optimizer, handlers, checkpoint, retraining),
                            metrics,
                            data.validation().isPresent(),
                            setup)
                    .forEach(section::report);
        }
        return section.build(
                SCHEMA,
                () -> new JobConfig(
                        name,
                        seed,
                        data,
                        features,
                        label,
                        weight,
                        model,
                        loss,
                        optimizer,
                        train,
                        metrics,
                        setup,
                        handlers,
                        checkpoint,
                        retraining,
                        output));
    }

    /** Asks the rules whose parts could be read, each null where it couldn't. */
    private static void reportBrokenRules(
            Section section, List<FeatureConfig> features, LabelConfig label, LossFunction loss, List<String> metrics) {
        if (features != null) {
            JobRules.features(features).forEach(section::report);
        }
        if (loss != null && label != null) {
            JobRules.label(loss, label).forEach(section::report);
        }
        if (loss != null && metrics != null) {
            MetricRules.of(loss, metrics).forEach(section::report);
        }
    }

    static Map<String, Object> write(JobConfig job) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        NAME.write(job.name(), mapping);
        SEED.write(job.seed(), mapping);
        DATA.write(job.data(), mapping);
        FEATURES.write(job.features(), mapping);
        LABEL.write(job.label(), mapping);
        WEIGHT.write(job.weight(), mapping);
        MODEL.write(job.model(), mapping);
        LOSS.write(job.loss(), mapping);
        OPTIMIZER.write(job.optimizer(), mapping);
        TRAIN.write(job.train(), mapping);
        METRICS.write(job.metrics(), mapping);
        SETUP.write(job.setup(), mapping);
        if (!job.handlers().equals(HandlerOptions.NONE)) {
            HANDLERS.write(job.handlers(), mapping);
        }
        CHECKPOINT.write(job.checkpoint(), mapping);
        RetrainingSections.write(job.retraining(), mapping);
        OUTPUT.write(job.output(), mapping);
        return mapping;
    }

    /**
     * What is needed to use a trained model: how a row becomes its input, what it is, and what it was taught.
     *
     * @param features the job's, as its data has bound them
     */
    static Map<String, Object> writeModel(JobConfig job, List<FeatureConfig> features) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        NAME.write(job.name(), mapping);
        if (!job.data().derive().isEmpty()) {
            DeriveType.DERIVE.write(job.data().derive(), mapping);
        }
        FEATURES.write(features, mapping);
        LABEL.write(job.label(), mapping);
        WEIGHT.write(job.weight(), mapping);
        MODEL.write(job.model(), mapping);
        LOSS.write(job.loss(), mapping);
        METRICS.write(job.metrics(), mapping);
        return mapping;
    }

    /** Reads what {@link #writeModel} writes. */
    static Optional<ModelConfig> readModel(Section section) {
        String name = section.read(NAME);
        Map<String, String> derive = section.read(DeriveType.DERIVE);
        List<FeatureConfig> features = section.read(FEATURES);
        LabelConfig label = section.read(LABEL);
        Optional<WeightConfig> weight = section.find(WEIGHT);
        ModelSpec model = section.read(MODEL);
        LossFunction loss = section.read(LOSS);
        List<String> metrics = section.read(METRICS);
        return section.build(
                MODEL_SCHEMA, () -> new ModelConfig(name, derive, features, label, weight, model, loss, metrics));
    }
}
