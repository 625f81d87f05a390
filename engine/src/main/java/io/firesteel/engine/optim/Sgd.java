package io.firesteel.engine.optim;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum, as <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</a> computes it: {@code g += λ
 * w; b = μ b + (1 - τ) g; w -= η b}, or with Nesterov's momentum {@code w -= η (g + μ b)}. The velocity b begins as the
 * first g.
 *
 * @param learningRate step size η, &gt; 0
 * @param momentum μ in [0, 1); 0 keeps no velocity
 * @param dampening τ in [0, 1]: what of the gradient doesn't reach the velocity
 * @param nesterov looks ahead along the velocity; needs momentum &gt; 0 and dampening 0
 * @param weightDecay L2 penalty λ added to the gradient, &gt;= 0
 */
public record Sgd(double learningRate, double momentum, double dampening, boolean nesterov, double weightDecay)
        implements OptimizerSpec {
    public Sgd {
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.fraction("momentum", momentum);
        Hyperparameter.share("dampening", dampening);
        Hyperparameter.notNegative("weightDecay", weightDecay);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("Invalid momentum: 0.0 (must be > 0 with nesterov)");
        }
        if (nesterov && dampening != 0) {
            throw new IllegalArgumentException("Invalid dampening: " + dampening + " (must be 0 with nesterov)");
        }
    }

    /** Without dampening. */
    public Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay) {
        this(learningRate, momentum, 0, nesterov, weightDecay);
    }

    /** Momentum where there is a velocity, and dampening where it may be above 0. */
    @Override
    public Map<Tunable, Double> tunables() {
        Map<Tunable, Double> tunables = new EnumMap<>(Tunable.class);
        tunables.put(Tunable.LEARNING_RATE, learningRate);
        tunables.put(Tunable.WEIGHT_DECAY, weightDecay);
        if (momentum > 0) {
            tunables.put(Tunable.MOMENTUM, momentum);
            if (!nesterov) {
                tunables.put(Tunable.DAMPENING, dampening);
            }
        }
        return tunables;
    }

    @Override
    public UpdateRule rule() {
        return momentum == 0
                ? UpdateRule.of(Sgd::plain, List.of())
                : UpdateRule.of(this::withMomentum, List.of("momentum_buffer"));
    }

    private static Update plain(long step, StepValues values) {
        return new SgdUpdate(values.coupledDecay(), (float) -values.learningRate());
    }

    private Update withMomentum(long step, StepValues values) {
        boolean first = step == 1;
        double taken = nesterov ? 1 : 1 - values.of(Tunable.DAMPENING);
        return new MomentumUpdate(
                values.coupledDecay(),
                (float) -values.learningRate(),
                first ? 0 : (float) values.momentum(),
                first ? 1 : (float) taken,
                nesterov,
                (float) values.momentum());
    }
}
