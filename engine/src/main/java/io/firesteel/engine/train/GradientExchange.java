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
     * @param step its iterations; the same on all ranks
     * @param contributions of this replica's shards, in their order; not to be written to until {@link #finish} returns, which may overwrite them
     * @param sum where the sum goes; may be the only contribution itself
     */
    void start(StepSpan step, List<FloatBuffer> contributions, FloatBuffer sum);

    /** Waits for the sum: all of it, or this replica's slice of the gradients and all that follows them. */
    void finish();

    /**
     * What makes the mean gradient of what {@link #finish} has left.
     *
     * @param weight total weight of the step's rows, &gt; 0
     */
    default float scale(double weight) {
        return (float) (1 / weight);
    }

    /** Forgets what is owed to later steps, so that a checkpoint needs nothing of it. Collective. */
    default void forget() {
        // Nothing is owed where everything travels in its own step.
    }
}
