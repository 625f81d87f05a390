/**
 * One replica's training and evaluation step: forward, loss, backward, the reduction of gradients over all replicas,
 * in full or with error feedback, or the exchange of weights, the update. Start at {@link
 * io.firesteel.engine.train.Supervised} for a program without Spark, at {@link
 * io.firesteel.engine.train.ReplicaTraining} for a job's replica, then {@link io.firesteel.engine.train.Synchronization}; {@link
 * io.firesteel.engine.train.CoordinatorHandlers} are those that see all replicas as one; {@link
 * io.firesteel.engine.train.StepBenchmark} measures a step.
 */
package io.firesteel.engine.train;
