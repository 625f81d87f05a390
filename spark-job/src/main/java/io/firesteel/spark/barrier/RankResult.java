package io.firesteel.spark.barrier;

import io.firesteel.spark.coordinator.ReplicaFailure;
import java.io.Serializable;
import java.util.Optional;

/**
 * How a rank ended.
 *
 * @param rank its number
 * @param failure why it failed; null if it didn't
 * @param value what it came to; null if it failed
 */
public record RankResult<R>(int rank, ReplicaFailure failure, R value) implements Serializable {
    /** The failure, if it is one. */
    public Optional<ReplicaFailure> findFailure() {
        return Optional.ofNullable(failure);
    }
}
