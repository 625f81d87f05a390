package io.firesteel.engine.optim;

import java.util.List;
import java.util.Map;

/**
 * Adagrad (Duchi, Hazan, Singer 2011), as <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adagrad.html">torch.optim.Adagrad</a> computes it:
 * {@code g += λ w; s += g²; w -= η / (1 + (t - 1) δ) · g / (√s + ε)}.
 *
 * @param learningRate step size η, &gt; 0
 * @param learningRateDecay δ, &gt;= 0
 * @param initialAccumulator what s begins with, &gt;= 0
 * @param epsilon ε, added to the root, &gt; 0
 * @param weightDecay L2 penalty λ added to the gradient, &gt;= 0
 */
public record Adagrad(
        double learningRate, double learningRateDecay, double initialAccumulator, double epsilon, double weightDecay)
        implements OptimizerSpec {
    public Adagrad {
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.notNegative("learningRateDecay", learningRateDecay);
        Hyperparameter.notNegative("initialAccumulator", initialAccumulator);
        Hyperparameter.positive("epsilon", epsilon);
        Hyperparameter.notNegative("weightDecay", weightDecay);
    }

    @Override
    public Map<Tunable, Double> tunables() {
        return Map.of(
                Tunable.LEARNING_RATE, learningRate,
                Tunable.LEARNING_RATE_DECAY, learningRateDecay,
                Tunable.EPSILON, epsilon,
                Tunable.WEIGHT_DECAY, weightDecay);
    }

    @Override
    public UpdateRule rule() {
        return UpdateRule.of(Adagrad::update, List.of("sum"), initialAccumulator);
    }

    private static Update update(long step, StepValues values) {
        double rate = values.learningRate() / (1 + (step - 1) * values.of(Tunable.LEARNING_RATE_DECAY));
        return new AdagradUpdate(values.coupledDecay(), (float) -rate, values.epsilon());
    }
}
