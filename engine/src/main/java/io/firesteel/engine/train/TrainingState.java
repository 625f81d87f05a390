package io.firesteel.engine.train;

import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.EngineState;
import io.firesteel.engine.checkpoint.Shelf;
import io.firesteel.engine.checkpoint.TrainingCheckpoint;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.OptimizerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All that a run has to remember, as a checkpoint and back. Weights, optimizer and handlers are equal on all ranks, so the
 * first one's count; the metric states of the unfinished epoch are gathered from all, shard by shard, so that any number of
 * replicas can go on.
 */
final class TrainingState {
    private final Network network;
    private final TrainingStep step;
    private final ShardMetrics metrics;
    private final Engine<StepBatch, StepOutput> trainer;
    private final List<Engine<?, ?>> engines;
    private final Communicator communicator;
    private final StateAgreement agreement;

    TrainingState(
            Network network,
            TrainingStep step,
            ShardMetrics metrics,
            Engine<StepBatch, StepOutput> trainer,
            Engine<StepBatch, Void> evaluator,
            Communicator communicator) {
        this.network = network;
        this.step = step;
        this.metrics = metrics;
        this.trainer = trainer;
        this.engines = List.of(trainer, evaluator);
        this.communicator = communicator;
        this.agreement = new StateAgreement(communicator);
    }

    /**
     * The state between two iterations; on the first rank alone. Collective.
     *
     * @param samples training rows used so far
     * @param shelf which other checkpoints are kept
     */
    Optional<TrainingCheckpoint> capture(long samples, Shelf shelf) {
        List<byte[]> states = communicator.allGather(ShardStatesBytes.toBytes(metrics.states()));
        OptimizerState updates = step.optimizerState();
        Map<String, EngineState> kept = new LinkedHashMap<>();
        engines.forEach(engine -> kept.put(engine.name(), EngineState.of(engine)));
        agreement.check(kept);
        if (communicator.rank() != 0) {
            return Optional.empty();
        }
        return Optional.of(new TrainingCheckpoint(
                trainer.progress(),
                samples,
                WeightFile.of(network).tensors(),
                updates,
                named(states),
                trainer.state().metrics(),
                kept,
                shelf));
    }

    /** Makes the state one that can be captured, where no checkpoint is due by its iteration. Collective. */
    void settle() {
        step.settle();
    }

    /** Why a handler of this rank has asked to end the run. */
    Optional<String> requestedTermination() {
        return trainer.requestedTermination();
    }

    /** Iterations of the run so far. */
    long iteration() {
        return trainer.state().iteration();
    }

    /**
     * The merged value of the epoch that has ended, the same on every rank.
     *
     * @throws IllegalStateException if there is none of that name
     */
    double metric(String name) {
        Map<String, Double> values = trainer.state().metrics();
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("Cannot keep the best checkpoints by " + name + ": there is no such metric"
                    + " (expected one of: " + String.join(", ", new TreeSet<>(values.keySet())) + ")");
        }
        return value;
    }

    private static Map<String, byte[]> named(List<byte[]> statesByRank) {
        Map<String, byte[]> named = new LinkedHashMap<>();
        for (int rank = 0; rank < statesByRank.size(); rank++) {
            named.put("rank" + rank, statesByRank.get(rank));
        }
        return named;
    }

    /**
     * Goes on from a checkpoint. Collective.
     *
     * @param location how messages name it
     * @throws CheckpointException if something of it doesn't fit this run
     */
    void restore(TrainingCheckpoint checkpoint, String location) {
        WeightFile.load(network, checkpoint.weights(), location);
        step.restore(checkpoint.optimizer());
        List<ShardStates> states = new ArrayList<>();
        checkpoint.states().values().forEach(rank -> states.addAll(ShardStatesBytes.fromBytes(rank)));
        metrics.restore(states);
        trainer.state().metrics().putAll(checkpoint.metrics());
        for (Engine<?, ?> engine : engines) {
            restore(engine, checkpoint, location);
        }
        trainer.resumeAt(checkpoint.progress());
    }

    private void restore(Engine<?, ?> engine, TrainingCheckpoint checkpoint, String location) {
        EngineState saved = checkpoint.engines().getOrDefault(engine.name(), EngineState.NONE);
        try {
            (communicator.rank() == 0 ? saved : saved.ofHandlersOf(engine)).restore(engine);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("Cannot go on from " + location + ": " + e.getMessage(), e);
        }
    }
}
