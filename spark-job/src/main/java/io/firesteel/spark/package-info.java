/**
 * The training job: reads a job file, plans, runs the barrier stage and writes what comes of it. Composition is plain
 * constructors. Start at {@link io.firesteel.spark.TrainingJob}.
 */
package io.firesteel.spark;
