package io.firesteel.engine.train;

import java.nio.FloatBuffer;
import java.util.List;

/** A sum over all shards for which less travels than all elements; what doesn't travel is owed, and paid later. Collective. */
interface LossySum {
    /**
     * Adds up, in shard order.
     *
     * @param owed by hosted shard, what it has to contribute; on return, what of it hasn't travelled
     * @param sum gets the sum, or this rank's slice of it, from element 0 on
     */
    void add(List<float[]> owed, FloatBuffer sum);

    /**
     * Pays what is owed to the sum beyond the shards' own debts, and begins anew.
     *
     * @param slice this rank's slice of an exact sum
     */
    void settle(FloatBuffer slice);
}
