package io.firesteel.engine.train;

import java.io.Serializable;

/**
 * How rows become steps.
 *
 * @param size rows of an iteration over all shards, &gt;= 1; the last iteration of an epoch has the rest
 * @param accumulate iterations whose gradients make one step, &gt;= 1; the last step of an epoch has what is left
 */
public record Batching(int size, int accumulate) implements Serializable {
    public Batching {
        if (size < 1) {
            throw new IllegalArgumentException("Invalid batchSize: " + size + " (must be >= 1)");
        }
        if (accumulate < 1) {
            throw new IllegalArgumentException("Invalid accumulate: " + accumulate + " (must be >= 1)");
        }
    }

    /** A step for each iteration. */
    public static Batching of(int size) {
        return new Batching(size, 1);
    }

    /** The same with steps of so many iterations. */
    public Batching withAccumulate(int iterations) {
        return new Batching(size, iterations);
    }
}
