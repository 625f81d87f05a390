/**
 * From a DataFrame to the shards of a replica: columns are bound to the model's inputs, every row gets a stable hash and
 * by it a shard and a place, and barrier tasks decode their rows once, straight from Spark's internal format. Start at
 * {@link io.firesteel.spark.ingest.RowBinding}, then {@link io.firesteel.spark.ingest.ShardedRows}, then {@link
 * io.firesteel.spark.ingest.ShardReader}.
 */
package io.firesteel.spark.ingest;
