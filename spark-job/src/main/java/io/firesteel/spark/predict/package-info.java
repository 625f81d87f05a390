/**
 * Trained models at work: read from a directory or a registry, held once per executor, run over the rows of a DataFrame. It uses
 * {@code ingest} to turn rows into inputs and the engine to run the network, and knows nothing of training. Start at {@link
 * io.firesteel.spark.predict.Predictor}, then {@link io.firesteel.spark.predict.Scoring}.
 */
package io.firesteel.spark.predict;
