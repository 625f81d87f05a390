package io.firesteel.engine.handler;

/** Weights that are an average over the training, for evaluating and exporting a model with. */
public interface AveragedWeights {
    /**
     * Makes the model compute with the averaged weights until the result is closed. Until then the average must not be updated,
     * so no training step may be taken, and a checkpoint would hold the average in place of the weights.
     *
     * @throws IllegalStateException if there is no average yet, or the model computes with it already
     */
    Restoration swap();

    /** Whether there is an average yet. */
    boolean isPresent();

    /** How often the average has been updated with the model's weights, &gt;= 0. */
    long updates();
}
