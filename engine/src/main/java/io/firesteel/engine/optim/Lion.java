package io.firesteel.engine.optim;

import java.util.List;
import java.util.Map;

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
    public Map<Tunable, Double> tunables() {
        return Map.of(
                Tunable.LEARNING_RATE, learningRate,
                Tunable.BETA1, beta1,
                Tunable.BETA2, beta2,
                Tunable.WEIGHT_DECAY, weightDecay);
    }

    @Override
    public UpdateRule rule() {
        return UpdateRule.of(Lion::update, List.of("exp_avg"));
    }

    private static Update update(long step, StepValues values) {
        double keep = values.of(Tunable.BETA1);
        return new LionUpdate(
                values.decoupledDecay(), (float) -values.learningRate(), (float) keep, (float) (1 - keep), (float)
                        (1 - values.of(Tunable.BETA2)));
    }
}
