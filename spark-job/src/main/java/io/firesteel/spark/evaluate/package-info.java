/**
 * Metrics of predictions that lie in a file: columns are bound to what metrics read, one look at all rows says what the
 * predictions are, then each partition becomes metric states, which are merged in the order of the partitions. Start at {@link
 * io.firesteel.spark.evaluate.Evaluation}.
 */
package io.firesteel.spark.evaluate;
