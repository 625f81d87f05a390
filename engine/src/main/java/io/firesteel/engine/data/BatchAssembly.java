package io.firesteel.engine.data;

import java.util.List;

/** Which thread copies the rows of a training step into its batches. The batches are the same. */
public enum BatchAssembly {
    /** One of its own, while the steps before train. */
    AHEAD,
    /**
     * The one that trains, when it asks for the step. Where replicas keep all processors busy, another thread takes no work off
     * them: it interrupts one replica after the other, and those that wait for its gradients wait that much longer.
     */
    ON_DEMAND;

    /**
     * What is faster for replicas that share a machine and wait for no other.
     *
     * @param stores that batches come from; waiting for the disk of those that have spilled leaves time for another thread
     * @param replicas on the machine
     * @param processors that this process may use
     */
    public static BatchAssembly onOneMachine(List<ShardStore> stores, int replicas, int processors) {
        boolean spilled = stores.stream().anyMatch(store -> store.spilledBytes() > 0);
        return processors > replicas || spilled ? AHEAD : ON_DEMAND;
    }
}
