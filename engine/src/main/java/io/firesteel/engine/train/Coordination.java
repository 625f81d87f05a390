package io.firesteel.engine.train;

import io.firesteel.engine.handler.Finding;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the replicas of a run agree on what isn't a gradient: the port through which they reach their coordinator. */
public interface Coordination {
    /**
     * Merges the states of all shards of all replicas in shard order. Collective: all ranks, same order, same key.
     *
     * @param key names the merge; each is used once
     * @param local the states of the shards that this replica hosts
     * @return the merged states by name, the same bytes on every rank
     */
    Map<String, byte[]> merge(String key, List<ShardStates> local);

    /** Tells where the run stands inside an epoch. Rank 0 calls it, a few times a second; it doesn't wait. */
    void progress(Progress progress);

    /** Records a completed epoch. Rank 0 calls it. */
    void epochCompleted(EpochRecord epoch);

    /**
     * Waits for what the coordinator's handlers decide about an epoch that rank 0 has recorded. Collective; the same answer on
     * every rank.
     *
     * @return why the run ends here; empty if it goes on
     */
    default Optional<String> stopAfter(int epoch) {
        return Optional.empty();
    }

    /**
     * Records a checkpoint: from now on a restart goes on from it. Rank 0 calls it, when the checkpoint is written whole.
     */
    void checkpointCommitted(CheckpointRecord checkpoint);

    /** Records what a handler has found out about the run. Rank 0 calls it. */
    void found(Finding finding);

    /**
     * Where a run stands.
     *
     * @param epoch from 1
     * @param iteration of the epoch, from 1
     * @param iterations of that epoch
     * @param loss mean loss of the last step
     * @param rowsPerSecond training rows of all replicas per second, since the epoch began
     * @param secondsPerIteration mean, since the epoch began
     */
    record Progress(
            long epoch, long iteration, long iterations, double loss, double rowsPerSecond, double secondsPerIteration)
            implements Serializable {}
}
