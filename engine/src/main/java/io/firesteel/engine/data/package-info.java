/**
 * What a row, a batch and a shard are; the order in which rows are visited; the shard store. Uses DJL's types and the engine's
 * {@code BatchSource}.
 * Start at {@link io.firesteel.engine.data.StepBatches}, which hands out what a replica trains on, or {@link
 * io.firesteel.engine.data.Rows}, the rows of a program without Spark; {@code RowLayout} says what a row
 * is, {@code ShardStore} keeps them, {@code BatchSchedule} and {@code SeededPermutation} say which of them come when, and a
 * {@code Ledger} proves that each came once.
 */
package io.firesteel.engine.data;
