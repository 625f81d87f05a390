package io.firesteel.engine.train;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * How the shards' vectors {@code gradients | buffers × weight | loss | weight} become their sum over all replicas: the left fold
 * in shard order. Collective: all ranks, every step, {@link #start} and then {@link #finish}.
 */
interface GradientExchange {
    /**
     * Sends what can be sent at once; the caller may do other work before {@link #finish}.
     *
     * @param contributions of this replica's shards, in their order; not written to until {@link #finish} returns
     * @param sum where the sum goes; may be the only contribution itself
     */
    void start(List<FloatBuffer> contributions, FloatBuffer sum);

    /** Waits for the sum: all of it, or this replica's slice of the gradients and all that follows them. */
    void finish();
}
