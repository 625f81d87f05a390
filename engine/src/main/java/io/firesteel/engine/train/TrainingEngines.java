package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
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
        Weights weights) {}
