package io.firesteel.spark;

import io.firesteel.engine.train.LocalSgd;
import io.firesteel.engine.train.Synchronization;
import io.firesteel.engine.train.WirePrecision;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much memory a replica will need, from what the plan knows; what libtorch needs for activations comes on top. */
final class MemoryEstimate {
    /** Batches that exist at once: one trains, one is ready, one is filled. */
    private static final int BATCHES = 3;

    /** Weights, gradients, the sum over all replicas, and at most two values of optimizer state per weight. */
    private static final int COPIES_OF_WEIGHTS = 5;

    private MemoryEstimate() {}

    static Map<String, Long> of(RunPlan plan, long rows) {
        long replicas = plan.assignment().replicas();
        long hosted = (plan.assignment().shards() + replicas - 1) / replicas;
        long rowBytes = plan.training().layout().bytes();
        long copies = COPIES_OF_WEIGHTS
                + (hosted > 1 ? hosted : 0)
                + copies(plan.training().synchronization(), hosted);
        Map<String, Long> bytes = new LinkedHashMap<>();
        bytes.put("rows", rows / replicas * rowBytes);
        bytes.put("batches", BATCHES * rowBytes * Math.min(rows, plan.training().batchSize()) / replicas);
        bytes.put("weights", plan.parameters() * Float.BYTES * copies);
        return bytes;
    }

    /** What shards owe, or their own weights and optimizers, on top of what gradients in float32 need. */
    private static long copies(Synchronization synchronization, long hosted) {
        if (synchronization instanceof LocalSgd) {
            return hosted > 1 ? 3 * hosted : 2;
        }
        return synchronization == WirePrecision.FLOAT32 ? 0 : hosted + 1;
    }
}
