package io.firesteel.engine.optim;

import java.util.Map;

/**
 * Adam with Nesterov's momentum (Dozat 2016, algorithm 2), as <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.optim.NAdam.html">torch.optim.NAdam</a> computes it: m and v
 * as {@link Adam}'s, {@code μₜ = β₁ (1 - 0.96^(t ψ) / 2); w -= η ((1 - μₜ) / (1 - μ₁…μₜ) g + μₜ₊₁ / (1 - μ₁…μₜ₊₁) m) / (√(v
 * / (1 - β₂ᵗ)) + ε)}.
 *
 * @param learningRate step size η, &gt; 0
 * @param beta1 decay β₁ of the first moment, in [0, 1); it can't change from step to step, nor can ψ, as every μ is made of them
 * @param beta2 decay β₂ of the second moment, in [0, 1)
 * @param epsilon ε, added to the root of the second moment, &gt; 0
 * @param momentumDecay ψ: how fast the momentum grows to β₁, &gt;= 0
 * @param weightDecay λ, &gt;= 0
 * @param decoupled whether weights shrink by η λ w as {@link AdamW}'s do, instead of through the gradient as {@link Adam}'s
 */
public record NAdam(
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double momentumDecay,
        double weightDecay,
        boolean decoupled)
        implements OptimizerSpec {
    public NAdam {
        Moments.check(beta1, beta2);
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.positive("epsilon", epsilon);
        Hyperparameter.notNegative("momentumDecay", momentumDecay);
        Hyperparameter.notNegative("weightDecay", weightDecay);
    }

    @Override
    public Map<Tunable, Double> tunables() {
        return Map.of(
                Tunable.LEARNING_RATE, learningRate,
                Tunable.BETA2, beta2,
                Tunable.EPSILON, epsilon,
                Tunable.WEIGHT_DECAY, weightDecay);
    }

    @Override
    public UpdateRule rule() {
        MomentumProduct product = new MomentumProduct(this);
        return UpdateRule.of((step, values) -> update(product, step, values), Moments.SLOTS);
    }

    private Update update(MomentumProduct product, long step, StepValues values) {
        Moments moments = new Moments(beta1, values.of(Tunable.BETA2), step);
        double rate = values.learningRate();
        double upToNow = product.upTo(step);
        double next = momentum(step + 1);
        return new NAdamUpdate(
                decoupled ? values.decoupledDecay() : values.coupledDecay(),
                moments,
                (float) (-rate * (1 - momentum(step)) / (1 - upToNow)),
                (float) (-rate * next / (1 - upToNow * next)),
                moments.rootFactor(),
                values.epsilon());
    }

    /** μ of a step. */
    double momentum(long step) {
        return beta1 * (1 - 0.5 * StrictMath.pow(0.96, step * momentumDecay));
    }
}
