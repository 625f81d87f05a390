package io.firesteel.engine.optim;

/**
 * Stochastic gradient descent with momentum, as
 * <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</a> computes it.
 *
 * @param learningRate step size, &gt; 0
 * @param momentum in [0, 1); 0 keeps no velocity
 * @param nesterov looks ahead along the velocity; needs momentum &gt; 0
 * @param weightDecay L2 penalty added to the gradient, &gt;= 0
 */
public record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay) implements OptimizerSpec {
    public Sgd {
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.fraction("momentum", momentum);
        Hyperparameter.notNegative("weightDecay", weightDecay);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("Invalid momentum: 0.0 (must be > 0 with nesterov)");
        }
    }

    @Override
    public Optimizer create(int parameters) {
        return new SgdOptimizer(this, parameters);
    }
}
