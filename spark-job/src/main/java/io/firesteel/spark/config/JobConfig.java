package io.firesteel.spark.config;

import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.HandlerOptions;
import io.firesteel.engine.train.LossFunction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A training job, as its file says it: immutable and valid. Two jobs are equal if they train alike.
 *
 * @param name directory of the job's runs: letters, digits, {@code . _ -}, no dot first
 * @param seed of every random choice
 * @param data the dataset
 * @param features the inputs of the model, in its order, at least one, each with a name of its own
 * @param label what the model learns
 * @param weight how much a row counts; empty: each counts the same
 * @param model the network
 * @param loss what training makes small
 * @param optimizer how weights are updated
 * @param train the schedule
 * @param metrics names of what is measured, at least one: {@code loss}, {@code accuracy}
 * @param setup class that attaches a user's handlers, a {@link io.firesteel.engine.train.TrainingSetup}, {@link
 *     io.firesteel.engine.train.CoordinatorSetup} or both; empty: none
 * @param handlers those that need no code
 * @param checkpoint when state is saved; empty: never
 * @param retraining what {@code retrain} does beside training
 * @param output Hadoop URI or path under which runs land, as written; a relative one is to be resolved with
 *     {@link JobDirectory}
 */
public record JobConfig(
        String name,
        long seed,
        DataConfig data,
        List<FeatureConfig> features,
        LabelConfig label,
        Optional<WeightConfig> weight,
        ModelSpec model,
        LossFunction loss,
        Optimization optimizer,
        TrainConfig train,
        List<String> metrics,
        Optional<String> setup,
        HandlerOptions handlers,
        Optional<CheckpointConfig> checkpoint,
        Retraining retraining,
        String output) {
    public JobConfig {
        JobSection.NAME.check(name);
        Objects.requireNonNull(data, "data");
        features = JobSection.FEATURES.check(List.copyOf(features));
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(train, "train");
        metrics = JobSection.METRICS.check(List.copyOf(metrics));
        JobSection.SETUP.check(setup);
        Objects.requireNonNull(handlers, "handlers");
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(retraining, "retraining");
        JobSection.OUTPUT.check(output);
        Stream.of(
                        JobRules.features(features),
                        JobRules.label(loss, label),
                        JobRules.sharding(optimizer, train),
                        MetricRules.of(loss, metrics),
                        WatchRules.train(handlers, train),
                        WatchRules.metrics(
                                WatchRules.watched(optimizer, handlers, checkpoint, retraining),
                                metrics,
                                data.validation().isPresent(),
                                setup))
                .flatMap(List::stream)
                .findFirst()
                .ifPresent(violation -> {
                    throw violation;
                });
    }

    /** The same job over a number of shards and replicas that is now known, so that a replay gives the same bits. */
    public JobConfig withPlacement(int shards, int replicas) {
        return with(data, train.withPlacement(shards, replicas), retraining, output);
    }

    /** The same job with every relative path resolved against the directory of its file. */
    public JobConfig resolvedAgainst(JobDirectory directory) {
        DataConfig resolved = new DataConfig(
                data.format(),
                directory.resolve(data.paths()),
                data.options(),
                data.derive(),
                data.where(),
                data.validation().map(validation -> resolve(validation, directory)));
        return with(
                resolved,
                train.resolvedAgainst(directory),
                retraining.resolvedAgainst(directory),
                directory.resolve(output));
    }

    private static ValidationConfig resolve(ValidationConfig validation, JobDirectory directory) {
        if (validation instanceof ValidationConfig.Data own) {
            return new ValidationConfig.Data(own.format(), directory.resolve(own.paths()), own.options(), own.where());
        }
        return validation;
    }

    private JobConfig with(
            DataConfig otherData, TrainConfig otherTrain, Retraining otherRetraining, String otherOutput) {
        return new JobConfig(
                name,
                seed,
                otherData,
                features,
                label,
                weight,
                model,
                loss,
                optimizer,
                otherTrain,
                metrics,
                setup,
                handlers,
                checkpoint,
                otherRetraining,
                otherOutput);
    }
}
