/**
 * Measures of rows in order, over any number of rows: Spark sorts them, on disk where memory ends, loops over primitives walk each sorted
 * partition once or twice, and the driver gets sums of partitions, never rows. A value is that of the engine's metric which holds all
 * rows. Uses Spark, its rows as {@code ingest} reads them, and the engine's metrics, none of the evaluation's own classes. Start at {@link
 * io.firesteel.spark.evaluate.sorted.SortedValues}.
 */
package io.firesteel.spark.evaluate.sorted;
