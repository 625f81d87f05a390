package io.firesteel.spark.config;

/**
 * How often the state of a run is saved.
 *
 * @param everyIterations iterations from one checkpoint to the next, &gt;= 1
 * @param keep checkpoints that stay, the newest ones, &gt;= 1
 */
public record CheckpointConfig(int everyIterations, int keep) {
    public CheckpointConfig {
        CheckpointSection.EVERY_ITERATIONS.check(everyIterations);
        CheckpointSection.KEEP.check(keep);
    }
}
