/**
 * Scheduled training: one command for one date, safe to run twice, late, or to be killed. It composes training, the checks of the
 * data, the registry, the comparison of models and the verdict, and may use all of them; nothing but the command uses it. Start at
 * {@link io.firesteel.spark.retrain.RetrainingJob}, then read {@link io.firesteel.spark.retrain.DateRun}.
 */
package io.firesteel.spark.retrain;
