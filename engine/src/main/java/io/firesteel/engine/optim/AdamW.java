package io.firesteel.engine.optim;

import java.util.Map;

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
    public Map<Tunable, Double> tunables() {
        return Map.of(
                Tunable.LEARNING_RATE, learningRate,
                Tunable.BETA1, beta1,
                Tunable.BETA2, beta2,
                Tunable.EPSILON, epsilon,
                Tunable.WEIGHT_DECAY, weightDecay);
    }

    @Override
    public UpdateRule rule() {
        return UpdateRule.of(AdamW::update, Moments.SLOTS);
    }

    private static Update update(long step, StepValues values) {
        return AdamUpdate.of(values.decoupledDecay(), step, values);
    }
}
