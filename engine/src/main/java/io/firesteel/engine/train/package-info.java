/**
 * One replica's training and evaluation step: forward, loss, backward, the reduction of gradients over all replicas,
 * the update. Start at {@link io.firesteel.engine.train.ReplicaTraining}; {@link io.firesteel.engine.train.StepBenchmark}
 * measures it.
 */
package io.firesteel.engine.train;
