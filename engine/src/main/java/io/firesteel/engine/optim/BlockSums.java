package io.firesteel.engine.optim;

/**
 * Completes sums that norms are made of, where each replica's optimizer owns a slice of the parameters: an all-reduce. Every
 * entry is computed by exactly one replica and 0 on all others, so their sum is exact in any order.
 */
@FunctionalInterface
public interface BlockSums {
    /**
     * Replaces each entry by its sum over all replicas. Collective: all replicas, in the same order, with as many entries.
     *
     * @param partial entries that this replica has computed, and zeros
     */
    void allReduce(double[] partial);

    /** For an optimizer that owns all parameters: the entries are complete. */
    static BlockSums whole() {
        return partial -> {};
    }
}
