package io.firesteel.engine.optim;

/**
 * The arithmetic of one step, its factors computed: the same for all elements of a group. There are two loops for it, one
 * over arrays and one with vector instructions, of the same operations in the same order and so of the same bits.
 */
interface Update {
    /** How weights shrink; the walk applies it to what {@link #apply} is given. */
    Decay decay();

    /**
     * Updates some elements; loops over arrays that share one index are those that the JIT compiler vectorises.
     *
     * @param weights to be overwritten
     * @param gradients scaled, clipped, with decay; scratch space
     * @param slots the rule's slots, in its order
     * @param from first index, in all of the arrays
     * @param to first index after
     */
    void apply(float[] weights, float[] gradients, float[][] slots, int from, int to);

    /**
     * Does the same, decay included, straight in the step's memory; needs the vector module.
     *
     * @return first index that is left to {@link #apply}, as fewer elements remain than a vector has
     */
    int applyLanes(StepMemory memory, Block block, int from, int to);
}
