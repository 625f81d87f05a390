package io.firesteel.engine.optim;

import java.util.Map;

/**
 * LAMB (You et al. 2020, Large Batch Optimization for Deep Learning, algorithm 2 with φ(x) = x): m and v as {@link Adam}'s;
 * {@code r = (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε) + λ w; w -= η ‖w‖ / ‖r‖ · r}, with the norms of each parameter. Where
 * one of the norms is 0, their quotient counts as 1.
 *
 * @param learningRate step size η, &gt; 0
 * @param beta1 decay β₁ of the first moment, in [0, 1)
 * @param beta2 decay β₂ of the second moment, in [0, 1)
 * @param epsilon ε, added to the root of the second moment, &gt; 0
 * @param weightDecay λ, &gt;= 0
 */
public record Lamb(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements OptimizerSpec {
    public Lamb {
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
        return UpdateRule.ofLayers(Lamb::update, Moments.SLOTS);
    }

    private static LayerwiseUpdate update(long step, StepValues values) {
        return new LambMeasure(
                values.moments(step), values.learningRate(), values.epsilon(), (float) values.weightDecay());
    }
}
