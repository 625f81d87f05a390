package io.firesteel.engine.train;

/** What {@link StepBenchmark} runs in turn, block by block. */
public enum StepArrangement {
    /** All replicas train together: gradients are summed over them. */
    EXCHANGING,
    /** All replicas train at the same time, each for itself: what the machine could do without the exchange. */
    SEPARATE,
    /**
     * As {@link #SEPARATE}, but every step ends at a barrier, so that each takes as long as the slowest replica's: what an
     * exchange would leave that takes no time.
     */
    IN_STEP,
    /** The first replica trains for itself while the others are idle. */
    ALONE,
    /**
     * Forward, loss, backward and update with as little around them as possible, on the first replica while the others are
     * idle: the model's block and the loss on input arrays that are ready, the backward pass, setting the gradients to 0 and
     * this engine's optimizer straight on them. Nothing else: no engine, no events, no assembly of batches, no check of labels,
     * no reading of the loss, no metrics, no reduction.
     */
    BARE,
    /** The loop of a user of DJL alone: its own arrays and its own optimizer, parameter by parameter; otherwise as {@link #BARE}. */
    DJL
}
