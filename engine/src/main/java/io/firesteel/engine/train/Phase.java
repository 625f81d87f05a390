package io.firesteel.engine.train;

import java.util.Locale;

/** What a replica spends its time on; the names are those of the report's {@code phases}. */
public enum Phase {
    /** Waiting for the next batch, or assembling it where the training thread does. */
    DATA,
    /** The network's output and the loss. */
    FORWARD,
    /** The gradients. */
    BACKWARD,
    /** The exchange of gradients and the vote on whether to go on, waiting for slower replicas included. */
    REDUCE,
    /** The update of the weights. */
    OPTIMIZER,
    /** Handlers, other than those that have a phase of their own. */
    EVENTS,
    /** Metric updates, and merging metric states over the replicas. */
    METRICS,
    /** Passes over the validation rows. */
    VALIDATION,
    /** Saving checkpoints. */
    CHECKPOINT;

    /** The name in the report. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
