package io.firesteel.engine.train;

import io.firesteel.engine.event.Engine;

/**
 * What a {@link CoordinatorSetup} may attach handlers to.
 *
 * @param engine follows the run epoch by epoch, on a thread of its own. When an epoch has ended on all replicas, it fires what
 *     they have fired, one event after the other and with the same epochs and iterations, and {@link
 *     io.firesteel.engine.event.State#output()} is what was merged: null before the first epoch has ended, and of the epoch
 *     before in one that was broken off. At EPOCH_COMPLETED, handlers with a priority below {@link
 *     ReplicaTraining#METRICS_PRIORITY} find the merged values in the state's metrics; what they put there goes into the
 *     run's history. Replicas wait until the last of these handlers has returned. {@link Engine#terminate(String)} ends the
 *     run on all replicas at the end of the epoch at hand. An epoch that is trained again after the loss of an executor
 *     doesn't fire again. There is one failure event for the whole run: {@link Engine#failure()} is a {@link
 *     RunFailedException}, or what a handler of this engine threw
 * @param runId of the run
 * @param directory URI of the directory into which the run writes
 * @param worldSize number of replicas
 */
public record CoordinatorEngine(Engine<Void, EpochRecord> engine, String runId, String directory, int worldSize) {}
