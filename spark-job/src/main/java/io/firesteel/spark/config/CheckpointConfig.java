package io.firesteel.spark.config;

import io.firesteel.engine.train.BestCheckpoints;
import java.util.Objects;

/**
 * How often the state of a run is saved.
 *
 * @param everyIterations iterations from one checkpoint to the next, &gt;= 1
 * @param keep checkpoints that stay, the newest ones, &gt;= 1
 * @param best those that stay beside them for their scores
 */
public record CheckpointConfig(int everyIterations, int keep, BestCheckpoints best) {
    public CheckpointConfig {
        CheckpointSection.EVERY_ITERATIONS.check(everyIterations);
        CheckpointSection.KEEP.check(keep);
        Objects.requireNonNull(best, "best");
    }

    /** None for their scores. */
    public CheckpointConfig(int everyIterations, int keep) {
        this(everyIterations, keep, BestCheckpoints.NONE);
    }
}
