package io.firesteel.engine.optim;

import java.util.List;

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
    public UpdateRule rule() {
        return UpdateRule.ofLayers(this::update, List.of("momentum_buffer"));
    }

    private LayerwiseUpdate update(long step, double rate, double decay) {
        return new LarsMeasure(rate, momentum, trustCoefficient, decay);
    }
}
