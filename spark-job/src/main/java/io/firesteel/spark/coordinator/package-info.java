/**
 * The driver's side of a run: who takes part, the merging of metric states, the journal of epochs, the first failure.
 * Executors reach it through a Spark plugin, that is over Spark's own RPC with Spark's own authentication. Start at
 * {@link io.firesteel.spark.coordinator.Coordinator}; replicas hold a {@link
 * io.firesteel.spark.coordinator.CoordinatorClient}.
 */
package io.firesteel.spark.coordinator;
