package io.firesteel.engine.optim;

import java.io.Serializable;

/**
 * An optimizer's kind and hyper-parameters, as the job file names them. A spec is a value: it crosses Spark and creates
 * one {@code Optimizer} per replica.
 */
public sealed interface OptimizerSpec extends Serializable permits Sgd, Adam, AdamW {
    /** The step size, greater than 0. */
    double learningRate();
}
