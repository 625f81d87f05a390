package io.firesteel.engine.train;

/**
 * What an iteration of the training gives to handlers: the same on every replica.
 *
 * <p>Where gradients are accumulated both are those of all iterations of the step; with {@link LocalSgd}, of all since the exchange
 * before. In an iteration that doesn't end a step, or has no exchange, the loss is that of the last one that did, NaN before the
 * first one of a run or of a resumed run, and the weight is 0.
 *
 * @param loss weighted mean loss over the rows of all shards, before the update
 * @param weight sum of the row weights of all shards: their number where the job has no weights
 */
public record StepOutput(double loss, double weight) {}
