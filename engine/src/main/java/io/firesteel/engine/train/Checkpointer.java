package io.firesteel.engine.train;

import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.TrainingCheckpoint;
import io.firesteel.engine.comm.Communicator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves checkpoints and restores them. A checkpoint counts once the coordinator has recorded it: written, then recorded, then
 * older ones are deleted. The first rank writes and reads.
 */
final class Checkpointer {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final CheckpointPolicy policy;
    private final CheckpointStore store;
    private final TrainingState state;
    private final Communicator communicator;
    private final Coordination coordination;
    private final Deque<String> kept = new ArrayDeque<>();

    Checkpointer(
            CheckpointPolicy policy,
            CheckpointStore store,
            TrainingState state,
            Communicator communicator,
            Coordination coordination) {
        this.policy = policy;
        this.store = store;
        this.state = state;
        this.communicator = communicator;
        this.coordination = coordination;
    }

    /**
     * Saves the state between two iterations. Collective.
     *
     * @param samples training rows used so far
     */
    void save(long samples) {
        state.capture(samples).ifPresent(checkpoint -> {
            long iteration = checkpoint.progress().iteration();
            String name = String.format(Locale.ROOT, "checkpoint-%010d.safetensors", iteration);
            String location = store.write(name, checkpoint.toBytes());
            coordination.checkpointCommitted(location, iteration);
            kept.addLast(location);
            deleteOld();
        });
    }

    /**
     * Restores the state from a checkpoint. Collective.
     *
     * @param location what the coordinator has recorded
     * @return training rows used so far; empty if the first rank can't read it, and the run must begin again
     */
    Optional<Long> restore(String location) {
        byte[] bytes = ByteBroadcast.fromFirstRank(communicator, () -> read(location));
        if (bytes.length == 0) {
            return Optional.empty();
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.fromBytes(bytes, location);
        state.restore(checkpoint, location);
        kept.addLast(location);
        return Optional.of(checkpoint.samples());
    }

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
}
