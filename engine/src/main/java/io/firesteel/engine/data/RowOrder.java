package io.firesteel.engine.data;

import java.util.function.LongUnaryOperator;

/** In which order the rows of a shard are visited: a bijection of its row numbers for each epoch. */
@FunctionalInterface
interface RowOrder {
    /** Position in the epoch → row number. */
    LongUnaryOperator of(int epoch, int shard, long rows);

    /** As they lie in the store, in every epoch. */
    static RowOrder stored() {
        return (epoch, shard, rows) -> LongUnaryOperator.identity();
    }

    /** Another pseudo-random order in each epoch. */
    static RowOrder shuffled(long seed) {
        return (epoch, shard, rows) -> new SeededPermutation(rows, seed, epoch, shard)::at;
    }
}
