package io.firesteel.engine.train;

import io.firesteel.engine.event.Event;

/** Events of a job's trainer beside those of every engine: there from the start, counted over resumed runs. */
public enum TrainingEvents implements Event {
    /**
     * The optimizer has updated the weights on all replicas. Fires at ITERATION_COMPLETED, with priority -500, in every iteration
     * unless gradients are accumulated; for a step that the end of its epoch has cut short at EPOCH_COMPLETED, before the metrics
     * are merged. Where every shard learns by itself ({@link LocalSgd}) each iteration is a step of the shards.
     */
    STEP_COMPLETED
}
