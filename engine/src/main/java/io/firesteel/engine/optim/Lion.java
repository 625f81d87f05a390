package io.firesteel.engine.optim;

import java.util.List;

/**
 * Lion (Chen et al. 2023, Symbolic Discovery of Optimization Algorithms, algorithm 2): {@code w -= η λ w; w -= η sign(β₁ m
 * + (1 - β₁) g); m = β₂ m + (1 - β₂) g}. The sign of 0 is 0, that of NaN is NaN.
 *
 * @param learningRate step size η, &gt; 0; the paper takes a third to a tenth of {@link AdamW}'s
 * @param beta1 β₁: what of the momentum decides the direction, in [0, 1)
 * @param beta2 decay β₂ of the momentum, in [0, 1)
 * @param weightDecay λ: share of each weight removed per step, times the learning rate, &gt;= 0
 */
public record Lion(double learningRate, double beta1, double beta2, double weightDecay) implements OptimizerSpec {
    public Lion {
        Moments.check(beta1, beta2);
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.notNegative("weightDecay", weightDecay);
    }

    @Override
    public UpdateRule rule() {
        return UpdateRule.of(this::update, List.of("exp_avg"));
    }

    private Update update(long step, double rate, double decay) {
        return new LionUpdate(
                Decay.decoupled(rate, decay), (float) -rate, (float) beta1, (float) (1 - beta1), (float) (1 - beta2));
    }
}
