package io.firesteel.engine.train;

import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.TrainingCheckpoint;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.event.Progress;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.OptimizerState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves checkpoints and restores them. Weights and optimizer are equal on all ranks, so the first one writes; the metric
 * states of the unfinished epoch are gathered from all, shard by shard, so that any number of replicas can go on.
 *
 * <p>A checkpoint counts once the coordinator has recorded it: written, then recorded, then older ones are deleted.
 */
final class Checkpointer {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final CheckpointPolicy policy;
    private final CheckpointStore store;
    private final Network network;
    private final TrainingStep step;
    private final ShardMetrics metrics;
    private final Communicator communicator;
    private final Coordination coordination;
    private final Deque<String> kept = new ArrayDeque<>();

    Checkpointer(
            CheckpointPolicy policy,
            CheckpointStore store,
            Network network,
            TrainingStep step,
            ShardMetrics metrics,
            Communicator communicator,
            Coordination coordination) {
        this.policy = policy;
        this.store = store;
        this.network = network;
        this.step = step;
        this.metrics = metrics;
        this.communicator = communicator;
        this.coordination = coordination;
    }

    /** Saves the state between two iterations. Collective. */
    void save(Progress progress, long samples) {
        List<byte[]> states = communicator.allGather(ShardStatesBytes.toBytes(metrics.states()));
        OptimizerState updates = step.optimizerState();
        if (communicator.rank() != 0) {
            return;
        }
        TrainingCheckpoint checkpoint =
                new TrainingCheckpoint(progress, samples, WeightFile.of(network).tensors(), updates, named(states));
        String name = String.format(Locale.ROOT, "checkpoint-%010d.safetensors", progress.iteration());
        String location = store.write(name, checkpoint.toBytes());
        coordination.checkpointCommitted(location, progress.iteration());
        kept.addLast(location);
        deleteOld();
    }

    /**
     * Restores network, optimizer and metric states from a checkpoint. Collective.
     *
     * @param location what the coordinator has recorded
     * @return where to go on; empty if the first rank can't read it, and the run must begin again
     */
    Optional<Restored> restore(String location) {
        byte[] bytes = ByteBroadcast.fromFirstRank(communicator, () -> read(location));
        if (bytes.length == 0) {
            return Optional.empty();
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.fromBytes(bytes, location);
        WeightFile.load(network, checkpoint.weights(), location);
        step.restore(checkpoint.optimizer());
        List<ShardStates> states = new ArrayList<>();
        checkpoint.states().values().forEach(rank -> states.addAll(ShardStatesBytes.fromBytes(rank)));
        metrics.restore(states);
        kept.addLast(location);
        return Optional.of(new Restored(checkpoint.progress(), checkpoint.samples()));
    }

    /**
     * Where a restored run goes on.
     *
     * @param progress of the trainer
     * @param samples training rows used so far
     */
    record Restored(Progress progress, long samples) {}

    /**
     * Nothing where the file can't be read: on a local disk it is gone with its host, or empty after its host's sudden end,
     * and beginning again costs time only.
     */
    private byte[] read(String location) {
        try {
            byte[] bytes = store.read(location);
            if (bytes.length == 0) {
                throw new CheckpointException("Cannot load checkpoint: " + location + " is empty");
            }
            return bytes;
        } catch (CheckpointException e) {
            LOG.warn("The run begins again, as its last checkpoint can't be read: {}", e.getMessage(), e);
            return new byte[0];
        }
    }

    private void deleteOld() {
        while (kept.size() > policy.keep()) {
            String old = kept.removeFirst();
            try {
                store.delete(old);
            } catch (CheckpointException e) {
                LOG.warn("An old checkpoint stays: {}", e.getMessage(), e);
            }
        }
    }

    private static Map<String, byte[]> named(List<byte[]> statesByRank) {
        Map<String, byte[]> named = new LinkedHashMap<>();
        for (int rank = 0; rank < statesByRank.size(); rank++) {
            named.put("rank" + rank, statesByRank.get(rank));
        }
        return named;
    }
}
