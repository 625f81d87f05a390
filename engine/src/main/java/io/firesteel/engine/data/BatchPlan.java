package io.firesteel.engine.data;

import java.util.List;

/** Which rows of which of the replica's stores the steps of one epoch consist of. Immutable and thread-safe. */
interface BatchPlan {
    /** Steps per epoch. */
    long steps();

    /** The most rows that each slice of a step can have, by position in {@link #slices}. */
    List<Integer> capacities();

    /** The slices of one step, as many as there are capacities. */
    List<Slice> slices(long step);

    /**
     * A contiguous range of one shard's order.
     *
     * @param store index of the store in the replica's list
     * @param offset position of the first row in the shard's order
     * @param rows how many, may be 0
     */
    record Slice(int store, long offset, int rows) {}
}
