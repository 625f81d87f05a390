package io.firesteel.engine.train;

import io.firesteel.engine.data.BatchRamp;
import java.io.Serializable;
import java.util.Optional;

/**
 * How rows become steps.
 *
 * @param size rows of an iteration over all shards, &gt;= 1; the last iteration of an epoch has the rest
 * @param accumulate iterations whose gradients make one step, &gt;= 1; the last step of an epoch has what is left
 * @param ramp how the size grows to what it is, from less; null: it is the same in all epochs
 */
public record Batching(int size, int accumulate, BatchRamp ramp) implements Serializable {
    public Batching {
        if (size < 1) {
            throw new IllegalArgumentException("Invalid batchSize: " + size + " (must be >= 1)");
        }
        if (accumulate < 1) {
            throw new IllegalArgumentException("Invalid accumulate: " + accumulate + " (must be >= 1)");
        }
        if (ramp != null && ramp.start() >= size) {
            throw new IllegalArgumentException(
                    "Invalid start of a batch ramp: " + ramp.start() + " (must be < batchSize, " + size + ")");
        }
    }

    /** A step for each iteration. */
    public static Batching of(int size) {
        return new Batching(size, 1, null);
    }

    /** The same with steps of so many iterations. */
    public Batching withAccumulate(int iterations) {
        return new Batching(size, iterations, ramp);
    }

    /** The same with a size that grows. */
    public Batching withRamp(BatchRamp newRamp) {
        return new Batching(size, accumulate, newRamp);
    }

    /**
     * Rows of an iteration over all shards.
     *
     * @param epoch its number, from 1
     */
    public int size(long epoch) {
        return ramp == null ? size : ramp.size(epoch, size);
    }

    /** How the size grows, if it does. */
    public Optional<BatchRamp> findRamp() {
        return Optional.ofNullable(ramp);
    }
}
