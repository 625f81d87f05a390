package io.firesteel.engine.optim;

/** A step whose length is scaled for each parameter by two norms, which a first pass takes. */
interface LayerwiseUpdate {
    /**
     * The first pass over some elements: updates what the norms depend on, and turns gradients into directions.
     *
     * @param weights only to be read
     * @param gradients scaled and clipped; overwritten with the values whose norm counts
     */
    void measure(float[] weights, float[] gradients, float[][] slots, int from, int to);

    /** The second pass over a parameter, given the L2 norms of its weights and of its directions. */
    Update scaled(double weightNorm, double directionNorm);
}
