package io.firesteel.engine.optim;

import java.util.Map;

/**
 * Rectified Adam (Liu et al. 2020, algorithm 2), as <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.optim.RAdam.html">torch.optim.RAdam</a> computes it: m and v
 * as {@link Adam}'s; {@code ρ∞ = 2 / (1 - β₂) - 1; ρₜ = ρ∞ - 2 t β₂ᵗ / (1 - β₂ᵗ)}; where {@code ρₜ > 5}, {@code r = √((ρₜ -
 * 4)(ρₜ - 2) ρ∞ / ((ρ∞ - 4)(ρ∞ - 2) ρₜ)); w -= η r (m / (1 - β₁ᵗ)) √(1 - β₂ᵗ) / (√v + ε)}, before that {@code w -= η m / (1
 * - β₁ᵗ)}.
 *
 * @param learningRate step size η, &gt; 0
 * @param beta1 decay β₁ of the first moment, in [0, 1)
 * @param beta2 decay β₂ of the second moment, in [0, 1)
 * @param epsilon ε, added to the root of the second moment, &gt; 0
 * @param weightDecay λ, &gt;= 0
 * @param decoupled whether weights shrink by η λ w as {@link AdamW}'s do, instead of through the gradient as {@link Adam}'s
 */
public record RAdam(
        double learningRate, double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
        implements OptimizerSpec {
    /** ρ from which on the second moment's variance is known. */
    private static final double TRACTABLE = 5;

    public RAdam {
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
        return UpdateRule.of(this::update, Moments.SLOTS);
    }

    private Update update(long step, StepValues values) {
        Moments moments = values.moments(step);
        double keep = moments.beta2();
        double limit = 2 / (1 - keep) - 1;
        double length = limit - 2 * step * StrictMath.pow(keep, (double) step) / moments.correction2();
        boolean adaptive = length > TRACTABLE;
        double factor = -values.learningRate() / moments.correction1();
        if (adaptive) {
            factor *= rectification(length, limit) * Math.sqrt(moments.correction2());
        }
        Decay shrinking = decoupled ? values.decoupledDecay() : values.coupledDecay();
        return new RAdamUpdate(shrinking, moments, (float) factor, adaptive, values.epsilon());
    }

    private static double rectification(double length, double limit) {
        return Math.sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
    }
}
