package io.firesteel.spark.barrier;

import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ReplicaOutcome;
import io.firesteel.spark.coordinator.Membership;
import io.firesteel.spark.coordinator.ReplicaFailure;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * How a barrier task ended. A failed replica ends as a value, too: an exception would make Spark start the stage again,
 * which cures a lost executor and nothing else.
 *
 * @param rank the replica
 * @param failure why it failed; null if it didn't
 * @param outcome what it came to; null if it failed
 * @param membership all replicas; null if it failed
 * @param epochs completed by this attempt; from rank 0 alone
 * @param findings of this attempt; from rank 0 alone
 * @param weights the trained weights as a safetensors file; from rank 0 alone, empty elsewhere
 */
public record ReplicaResult(
        int rank,
        ReplicaFailure failure,
        ReplicaOutcome outcome,
        Membership membership,
        List<EpochRecord> epochs,
        List<Finding> findings,
        WeightBytes weights)
        implements Serializable {
    static ReplicaResult failed(int rank, ReplicaFailure failure) {
        return new ReplicaResult(rank, failure, null, null, List.of(), List.of(), WeightBytes.NONE);
    }

    /** The failure, if it is one. */
    public Optional<ReplicaFailure> findFailure() {
        return Optional.ofNullable(failure);
    }
}
