package io.firesteel.engine.optim;

import java.util.Map;

/**
 * Adam (Kingma, Ba 2015, algorithm 1), as <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</a> computes it: {@code g +=
 * λ w; m = β₁ m + (1 - β₁) g; v = β₂ v + (1 - β₂) g²; w -= η (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε)}.
 *
 * @param learningRate step size η, &gt; 0
 * @param beta1 decay β₁ of the first moment, in [0, 1)
 * @param beta2 decay β₂ of the second moment, in [0, 1)
 * @param epsilon ε, added to the root of the second moment, &gt; 0
 * @param weightDecay L2 penalty λ added to the gradient, &gt;= 0
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements OptimizerSpec {
    public Adam {
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
        return UpdateRule.of(Adam::update, Moments.SLOTS);
    }

    private static Update update(long step, StepValues values) {
        return AdamUpdate.of(values.coupledDecay(), step, values);
    }
}
