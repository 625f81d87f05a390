package io.firesteel.engine.optim;

import java.io.Serializable;

/**
 * An optimizer's kind and hyper-parameters, as the job file names them. A spec is a value: it crosses Spark and creates
 * one {@link Optimizer} per replica.
 */
public sealed interface OptimizerSpec extends Serializable permits Sgd, Adam, AdamW {
    /** The step size, greater than 0. */
    double learningRate();

    /**
     * An optimizer that has taken no step.
     *
     * @param parameters elements of the flat buffers that it will update, padding included, &gt;= 0
     * @throws IllegalArgumentException if {@code parameters} is negative
     */
    Optimizer create(int parameters);
}
