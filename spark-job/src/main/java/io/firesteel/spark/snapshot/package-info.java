/**
 * Which data a training read: its files with sizes and modification times, kept beside the model, and what is new since. It uses
 * config, ingest, connectors.source and Spark SQL. Start at {@link io.firesteel.spark.snapshot.DataSnapshot} and {@link
 * io.firesteel.spark.snapshot.NewData}.
 */
package io.firesteel.spark.snapshot;
