package io.firesteel.spark.config;

import io.firesteel.engine.train.Batching;
import io.firesteel.engine.train.LocalSgd;
import io.firesteel.engine.train.Synchronization;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The schedule of a training run, and over what it is spread.
 *
 * @param epochs passes over the training rows, &gt;= 1
 * @param batching how rows become steps
 * @param shards logical slices of the data, &gt;= 1, that fix the result's bits; empty: as many as replicas
 * @param replicas copies of the model that train at once, &gt;= 1 and at most {@code shards}; empty: as many as there are
 *     free slots
 * @param initialWeights safetensors file of the weights to begin with, as written; empty: drawn by the seed
 * @param device where replicas compute
 * @param synchronization what makes the shards' learning one
 * @param links how replicas reach each other
 * @param communicationTimeout the longest wait for another replica, &gt; 0 and at most a day
 * @param startTimeout the longest wait for all replicas to have read their rows, &gt; 0 and at most a day
 */
public record TrainConfig(
        int epochs,
        Batching batching,
        Optional<Integer> shards,
        Optional<Integer> replicas,
        Optional<String> initialWeights,
        DeviceChoice device,
        Synchronization synchronization,
        LinkConfig links,
        Duration communicationTimeout,
        Duration startTimeout) {
    public TrainConfig {
        TrainSection.EPOCHS.check(epochs);
        Objects.requireNonNull(batching, "batching");
        TrainSection.SHARDS.check(shards);
        TrainSection.REPLICAS.check(replicas);
        TrainSection.INITIAL_WEIGHTS.check(initialWeights);
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(synchronization, "synchronization");
        Objects.requireNonNull(links, "links");
        TrainSection.COMMUNICATION_TIMEOUT.check(communicationTimeout);
        TrainSection.START_TIMEOUT.check(startTimeout);
        if (batching.accumulate() > 1 && synchronization instanceof LocalSgd) {
            throw TrainSection.accumulatesLocally(batching.accumulate());
        }
        if (shards.isPresent() && replicas.isPresent() && replicas.get() > shards.get()) {
            throw new RuleViolation("replicas", replicas.get() + " (must be <= shards, " + shards.get() + ")");
        }
    }

    /** The same schedule over a number of shards and replicas that is now known. */
    public TrainConfig withPlacement(int knownShards, int knownReplicas) {
        return with(Optional.of(knownShards), Optional.of(knownReplicas), initialWeights);
    }

    TrainConfig resolvedAgainst(JobDirectory directory) {
        return with(shards, replicas, initialWeights.map(directory::resolve));
    }

    private TrainConfig with(
            Optional<Integer> otherShards, Optional<Integer> otherReplicas, Optional<String> otherWeights) {
        return new TrainConfig(
                epochs,
                batching,
                otherShards,
                otherReplicas,
                otherWeights,
                device,
                synchronization,
                links,
                communicationTimeout,
                startTimeout);
    }
}
