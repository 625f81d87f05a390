/**
 * Metrics of predictions that lie in a file, and of models on labelled rows. For a file, columns are bound to what metrics read, one look at all rows says what the
 * predictions are, then each partition becomes metric states, which are merged in the order of the partitions. A model's batches
 * come predicted from {@code predict}. Start at {@link io.firesteel.spark.evaluate.Evaluation}, then {@link
 * io.firesteel.spark.evaluate.ModelEvaluation}.
 */
package io.firesteel.spark.evaluate;
