package io.firesteel.engine.train;

/**
 * What one training step gives to handlers: the same on every replica.
 *
 * @param loss weighted mean loss over the rows of all shards, before the update
 * @param weight sum of the row weights of all shards: their number where the job has no weights
 */
public record StepOutput(double loss, double weight) {}
