package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.EventHandler;
import io.firesteel.engine.event.EventSelector;
import io.firesteel.engine.handler.Weights;

/**
 * What a {@link TrainingSetup} may attach handlers to.
 *
 * @param trainer trains; its state's metrics hold the merged {@code train.…} and {@code validation.…} values of the last
 *     epoch when handlers of EPOCH_COMPLETED with a priority below {@link ReplicaTraining#METRICS_PRIORITY} run
 * @param evaluator runs over the validation rows at the end of each epoch; on a replica without validation rows it never runs
 * @param rank this replica's number
 * @param worldSize number of replicas
 * @param weights of this replica's model, for handlers that average them
 */
public record TrainingEngines(
        Engine<StepBatch, StepOutput> trainer,
        Engine<StepBatch, Void> evaluator,
        int rank,
        int worldSize,
        Weights weights) {
    /**
     * Lets a setup attach handlers on one replica alone: it isn't called on the others. What they do must not be collective; they
     * may end the run, which is voted on.
     *
     * @param onlyRank the replica
     * @throws IllegalArgumentException if the run has no such replica
     */
    public void onRank(int onlyRank, TrainingSetup setup) {
        if (onlyRank < 0 || onlyRank >= worldSize) {
            throw new IllegalArgumentException("Cannot attach handlers on rank " + onlyRank + ": the run has "
                    + worldSize + (worldSize == 1 ? " replica" : " replicas") + " (expected a rank from 0 to "
                    + (worldSize - 1) + ")");
        }
        if (rank == onlyRank) {
            setup.attach(this);
        }
    }

    /**
     * Registers a handler of the trainer on one replica alone.
     *
     * @param onlyRank the replica
     * @param when at which firings of which events
     * @throws IllegalArgumentException if the run has no such replica, or as {@link Engine#on(EventSelector, EventHandler)}
     */
    public void onRank(int onlyRank, EventSelector when, EventHandler<StepBatch, StepOutput> handler) {
        onRank(onlyRank, engines -> engines.trainer().on(when, handler));
    }
}
