package io.firesteel.engine.optim;

import java.util.List;
import java.util.Map;

/**
 * Adadelta (Zeiler 2012, algorithm 1), as <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adadelta.html">torch.optim.Adadelta</a> computes it:
 * {@code g += λ w; v = ρ v + (1 - ρ) g²; d = √(u + ε) / √(v + ε) · g; u = ρ u + (1 - ρ) d²; w -= η d}.
 *
 * @param learningRate step size η, &gt; 0
 * @param rho decay ρ of both averages, in [0, 1)
 * @param epsilon ε, added under the roots, &gt; 0
 * @param weightDecay L2 penalty λ added to the gradient, &gt;= 0
 */
public record Adadelta(double learningRate, double rho, double epsilon, double weightDecay) implements OptimizerSpec {
    public Adadelta {
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.fraction("rho", rho);
        Hyperparameter.positive("epsilon", epsilon);
        Hyperparameter.notNegative("weightDecay", weightDecay);
    }

    @Override
    public Map<Tunable, Double> tunables() {
        return Map.of(
                Tunable.LEARNING_RATE, learningRate,
                Tunable.RHO, rho,
                Tunable.EPSILON, epsilon,
                Tunable.WEIGHT_DECAY, weightDecay);
    }

    @Override
    public UpdateRule rule() {
        return UpdateRule.of(Adadelta::update, List.of("square_avg", "acc_delta"));
    }

    private static Update update(long step, StepValues values) {
        double keep = values.of(Tunable.RHO);
        return new AdadeltaUpdate(
                values.coupledDecay(),
                (float) -values.learningRate(),
                (float) keep,
                (float) (1 - keep),
                values.epsilon());
    }
}
