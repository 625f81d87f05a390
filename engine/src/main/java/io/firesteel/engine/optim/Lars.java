package io.firesteel.engine.optim;

import java.util.List;
import java.util.Map;

/**
 * LARS (You, Gitman, Ginsburg 2017, Large Batch Training of Convolutional Networks, algorithm 1): {@code ρ = τ ‖w‖ / (‖g‖ +
 * λ ‖w‖); b = μ b + η ρ (g + λ w); w -= b}, with the norms of each parameter. Where one of the norms is 0, ρ counts as 1.
 *
 * @param learningRate step size η, &gt; 0
 * @param momentum μ in [0, 1)
 * @param trustCoefficient τ, &gt; 0
 * @param weightDecay λ, &gt;= 0
 */
public record Lars(double learningRate, double momentum, double trustCoefficient, double weightDecay)
        implements OptimizerSpec {
    public Lars {
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.fraction("momentum", momentum);
        Hyperparameter.positive("trustCoefficient", trustCoefficient);
        Hyperparameter.notNegative("weightDecay", weightDecay);
    }

    @Override
    public Map<Tunable, Double> tunables() {
        return Map.of(
                Tunable.LEARNING_RATE, learningRate,
                Tunable.MOMENTUM, momentum,
                Tunable.TRUST_COEFFICIENT, trustCoefficient,
                Tunable.WEIGHT_DECAY, weightDecay);
    }

    @Override
    public UpdateRule rule() {
        return UpdateRule.ofLayers(Lars::update, List.of("momentum_buffer"));
    }

    private static LayerwiseUpdate update(long step, StepValues values) {
        return new LarsMeasure(
                values.learningRate(), values.momentum(), values.of(Tunable.TRUST_COEFFICIENT), values.weightDecay());
    }
}
