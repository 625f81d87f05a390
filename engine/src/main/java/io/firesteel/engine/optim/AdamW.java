package io.firesteel.engine.optim;

/**
 * Adam with decoupled weight decay (Loshchilov, Hutter 2019, algorithm 2), as
 * <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</a> computes it.
 *
 * @param learningRate step size, &gt; 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, &gt; 0
 * @param weightDecay share of each weight removed per step, times the learning rate, &gt;= 0
 */
public record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements OptimizerSpec {
    public AdamW {
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
