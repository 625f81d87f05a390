package io.firesteel.engine.data;

import java.util.List;
import java.util.function.LongUnaryOperator;

/** Copies the rows of a step from the shard stores into its batches. Used by one thread. */
final class StepAssembler {
    private final BatchPlan plan;
    private final List<ShardStore> stores;
    private final List<Integer> shards;
    private final List<LongUnaryOperator> orders;

    StepAssembler(BatchPlan plan, List<ShardStore> stores, List<Integer> shards, List<LongUnaryOperator> orders) {
        this.plan = plan;
        this.stores = stores;
        this.shards = shards;
        this.orders = orders;
    }

    /** Fills the batches of a step; ends early where the thread is interrupted. */
    void fill(StepBatch target, long step) throws InterruptedException {
        target.startStep(step);
        List<BatchPlan.Slice> slices = plan.slices(step);
        for (int i = 0; i < slices.size(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int store = slices.get(i).store();
            target.batches().get(i).fill(stores.get(store), shards.get(store), slices.get(i), orders.get(store));
        }
    }
}
