package io.firesteel.engine.optim;

/**
 * Adam (Kingma, Ba 2015, algorithm 1), as
 * <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</a> computes it.
 *
 * @param learningRate step size, &gt; 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, &gt; 0
 * @param weightDecay L2 penalty added to the gradient, &gt;= 0
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements OptimizerSpec {
    public Adam {
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.fraction("beta1", beta1);
        Hyperparameter.fraction("beta2", beta2);
        Hyperparameter.positive("epsilon", epsilon);
        Hyperparameter.notNegative("weightDecay", weightDecay);
    }

    @Override
    public Optimizer create(int parameters) {
        return new AdamOptimizer(this, parameters);
    }
}
