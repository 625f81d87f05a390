package io.firesteel.engine.train;

/**
 * What one training step gives to handlers: the same on every replica.
 *
 * <p>With {@link LocalSgd} both are those of all steps since the exchange before; in a step without an exchange the loss is the
 * last exchange's, NaN before the first one of a run or of a resumed run, and the weight is 0.
 *
 * @param loss weighted mean loss over the rows of all shards, before the update
 * @param weight sum of the row weights of all shards: their number where the job has no weights
 */
public record StepOutput(double loss, double weight) {}
