package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Keeps gradients and weights of replicas in memory that a communicator has allocated, where it exchanges them fastest: gradients from
 * where libtorch left them on all replicas to where the optimizer finds its slice of the sum, weights from where the optimizers left
 * their slices to where libtorch reads the whole.
 */
public final class SharedParameters {
    /** Loops walk over weights and gradients side by side: processors do so faster if both don't begin at the same place of a page. */
    private static final int HALF_PAGE = 2048;

    private SharedParameters() {}

    /**
     * Moves the network's gradients, and its weights too if the replicas share memory, where every step sums gradients as they are:
     * in float32, one shard on each replica. A replica of several shards has a vector for each. Collective, before the first step.
     *
     * @param shards of the run
     */
    public static void place(Network network, TrainingSpec spec, int shards, Communicator communicator) {
        boolean summedInPlace = shards == communicator.worldSize() && spec.synchronization() == WirePrecision.FLOAT32;
        if (summedInPlace && shards > 1) {
            network.keepGradientsIn(communicator.allocate(Math.multiplyExact(network.gradientFloats(), Float.BYTES)));
            if (communicator.readsInPlace(network.gradients())) {
                placeWeights(network, communicator);
            }
        }
    }

    private static void placeWeights(Network network, Communicator communicator) {
        int bytes = Math.multiplyExact(network.layout().floats(), Float.BYTES);
        ByteBuffer memory = communicator
                .allocate(Math.addExact(bytes, HALF_PAGE))
                .slice(HALF_PAGE, bytes)
                .order(ByteOrder.nativeOrder());
        if (communicator.readsInPlace(memory.asFloatBuffer())) {
            network.keepWeightsIn(memory);
        }
    }
}
