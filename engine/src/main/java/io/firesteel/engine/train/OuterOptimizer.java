package io.firesteel.engine.train;

import io.firesteel.engine.optim.Sgd;
import java.io.Serializable;

/**
 * How the common weights follow the mean of the shards' weights: a step of SGD, whose gradient is the last common weights minus
 * the mean.
 *
 * @param learningRate &gt; 0; 1 goes all the way to the mean
 * @param momentum in [0, 1)
 * @param nesterov whether to look ahead along the velocity; needs a momentum &gt; 0
 */
public record OuterOptimizer(double learningRate, double momentum, boolean nesterov) implements Serializable {
    /** The mean itself. */
    public static final OuterOptimizer MEAN = new OuterOptimizer(1, 0, false);

    public OuterOptimizer {
        new Sgd(learningRate, momentum, nesterov, 0);
    }

    Sgd sgd() {
        return new Sgd(learningRate, momentum, nesterov, 0);
    }
}
