/**
 * What a row, a batch and a shard are; the order in which rows are visited; the shard store. Uses DJL's types only.
 * Start at {@link io.firesteel.engine.data.TensorSpec}.
 */
package io.firesteel.engine.data;
