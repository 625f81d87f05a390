package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.Network;

/**
 * Keeps the gradients of replicas in memory that a communicator has allocated, where it sums them fastest: from where libtorch left
 * them on all replicas to where the optimizer finds the sum.
 */
public final class SharedGradients {
    private SharedGradients() {}

    /**
     * Moves the network's gradients, if every step sums them as they are: whole, in float32, one shard on each replica. A replica of
     * several shards has a vector for each. Collective, before the first step.
     *
     * @param shards of the run
     */
    public static void place(Network network, TrainingSpec spec, int shards, Communicator communicator) {
        boolean summedInPlace = shards == communicator.worldSize()
                && spec.synchronization() == WirePrecision.FLOAT32
                && !spec.optimizer().sharded();
        if (summedInPlace && shards > 1) {
            network.keepGradientsIn(communicator.allocate(Math.multiplyExact(network.gradientFloats(), Float.BYTES)));
        }
    }
}
