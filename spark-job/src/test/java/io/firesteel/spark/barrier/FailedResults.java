package io.firesteel.spark.barrier;

import io.firesteel.spark.coordinator.ReplicaFailure;
import java.util.List;

/** Results of replicas that failed. */
public final class FailedResults {
    private FailedResults() {}

    /** One per failure, by its rank. */
    public static List<ReplicaResult> of(ReplicaFailure... failures) {
        return List.of(failures).stream()
                .map(failure -> ReplicaResult.failed(failure.rank(), failure))
                .toList();
    }
}
