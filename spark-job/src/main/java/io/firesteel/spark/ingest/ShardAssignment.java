package io.firesteel.spark.ingest;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which replica hosts which shards: contiguous blocks whose sizes differ by at most one, so that the order of ranks is the
 * order of shards.
 *
 * @param shards logical shards, at least one per replica
 * @param replicas barrier tasks, at least 1
 */
public record ShardAssignment(int shards, int replicas) implements Serializable {
    public ShardAssignment {
        if (replicas < 1 || shards < replicas) {
            throw new IllegalArgumentException(
                    "Invalid shards: " + shards + " for " + replicas + " replicas (must be at least one per replica)");
        }
    }

    /** The replica that hosts a shard. */
    public int replicaOf(int shard) {
        return (int) ((long) shard * replicas / shards);
    }

    /** The shards of a replica, in order. */
    public List<Integer> shardsOf(int replica) {
        return IntStream.range(0, shards)
                .filter(shard -> replicaOf(shard) == replica)
                .boxed()
                .toList();
    }
}
