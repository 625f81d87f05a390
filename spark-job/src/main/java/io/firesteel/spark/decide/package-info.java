/**
 * Whether a candidate takes the champion's place: models that have predicted the same held-out rows are compared in one pass, by a paired
 * bootstrap or McNemar's test, and the rules of a job file are applied to what comes out. It uses the engine's metrics and reads {@link
 * io.firesteel.spark.predict.ScoredBatch}; it trains nothing and promotes nothing. Start at {@link
 * io.firesteel.spark.decide.ComparisonFold}, then {@link io.firesteel.spark.decide.Promotion}.
 */
package io.firesteel.spark.decide;
