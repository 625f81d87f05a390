package io.firesteel.engine.optim;

/**
 * Adam with decoupled weight decay (Loshchilov, Hutter 2019, algorithm 2), as <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</a> computes it: {@code w
 * -= η λ w}, then {@link Adam} without its decay.
 *
 * @param learningRate step size η, &gt; 0
 * @param beta1 decay β₁ of the first moment, in [0, 1)
 * @param beta2 decay β₂ of the second moment, in [0, 1)
 * @param epsilon ε, added to the root of the second moment, &gt; 0
 * @param weightDecay λ: share of each weight removed per step, times the learning rate, &gt;= 0
 */
public record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements OptimizerSpec {
    public AdamW {
        Moments.check(beta1, beta2);
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.positive("epsilon", epsilon);
        Hyperparameter.notNegative("weightDecay", weightDecay);
    }

    @Override
    public UpdateRule rule() {
        return UpdateRule.of(this::update, Moments.SLOTS);
    }

    private Update update(long step, double rate, double decay) {
        return AdamUpdate.of(Decay.decoupled(rate, decay), rate, new Moments(beta1, beta2, step), epsilon);
    }
}
