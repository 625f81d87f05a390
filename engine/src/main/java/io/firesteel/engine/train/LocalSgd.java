package io.firesteel.engine.train;

import java.util.Objects;

/**
 * Every shard learns by itself, with weights and optimizer of its own, for some steps; then the weights of all become one: their
 * mean, each weighted by its rows since the last time (Stich 2019, <i>Local SGD Converges Fast and Communicates Little</i>). With
 * an outer optimizer the way from the last common weights to that mean is taken for a gradient (Douillard et al. 2023,
 * <i>DiLoCo</i>).
 *
 * <p>Weights also become one at the end of each epoch, and where a checkpoint is due; there the states of the shards'
 * optimizers become one as well, as a checkpoint holds one.
 *
 * @param every iterations from one exchange to the next, &gt;= 1
 * @param outer what becomes of the mean
 */
public record LocalSgd(int every, OuterOptimizer outer) implements Synchronization {
    public LocalSgd {
        if (every < 1) {
            throw new IllegalArgumentException("Invalid every: " + every + " (must be >= 1)");
        }
        Objects.requireNonNull(outer, "outer");
    }
}
