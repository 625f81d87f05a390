/**
 * The barrier stage: what runs in each of its tasks, how tasks find each other, and how the stage ends so that Spark
 * retries it. Start at {@link io.firesteel.spark.barrier.BarrierStage}, then {@link
 * io.firesteel.spark.barrier.ReplicaTask}.
 */
package io.firesteel.spark.barrier;
