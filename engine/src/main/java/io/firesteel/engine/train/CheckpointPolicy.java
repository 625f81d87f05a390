package io.firesteel.engine.train;

import java.io.Serializable;
import java.util.Objects;

/**
 * When checkpoints are saved, and how many stay.
 *
 * @param everyIterations a checkpoint after each multiple of this many iterations, or where gradients are accumulated after the
 *     step that it belongs to; 0 for never
 * @param keep how many of these stay, the newest ones, at least 1
 * @param best those that are saved at the end of an epoch and stay for their scores
 */
public record CheckpointPolicy(int everyIterations, int keep, BestCheckpoints best) implements Serializable {
    /** No checkpoints. */
    public static final CheckpointPolicy NEVER = new CheckpointPolicy(0, 1);

    public CheckpointPolicy {
        if (everyIterations < 0) {
            throw new IllegalArgumentException("Invalid everyIterations: " + everyIterations + " (must be >= 0)");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("Invalid keep: " + keep + " (must be >= 1)");
        }
        Objects.requireNonNull(best, "best");
    }

    /** None for their scores. */
    public CheckpointPolicy(int everyIterations, int keep) {
        this(everyIterations, keep, BestCheckpoints.NONE);
    }

    /** Whether a checkpoint is to be saved after this step: there is no place for one inside. */
    boolean isDue(StepSpan step) {
        return everyIterations > 0 && step.holdsMultipleOf(everyIterations);
    }
}
