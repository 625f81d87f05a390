package io.firesteel.engine.optim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * RMSProp (Tieleman, Hinton 2012; centered: Graves 2013, equations 38 to 45), as <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.optim.RMSprop.html">torch.optim.RMSprop</a> computes it:
 * {@code g += λ w; v = α v + (1 - α) g²; d = g / (√v + ε); w -= η d}; centered, v becomes {@code v - a²} under the root,
 * where {@code a = α a + (1 - α) g}; with momentum {@code b = μ b + d; w -= η b}. Where rounding makes the centered v
 * negative, it counts as 0, while PyTorch's weight becomes NaN.
 *
 * @param learningRate step size η, &gt; 0
 * @param alpha decay α of the averages, in [0, 1)
 * @param epsilon ε, added to the root, &gt; 0
 * @param momentum μ in [0, 1); 0 keeps no velocity
 * @param centered whether to divide by the deviation instead of the root mean square
 * @param weightDecay L2 penalty λ added to the gradient, &gt;= 0
 */
public record RmsProp(
        double learningRate, double alpha, double epsilon, double momentum, boolean centered, double weightDecay)
        implements OptimizerSpec {
    public RmsProp {
        Hyperparameter.positive("learningRate", learningRate);
        Hyperparameter.fraction("alpha", alpha);
        Hyperparameter.positive("epsilon", epsilon);
        Hyperparameter.fraction("momentum", momentum);
        Hyperparameter.notNegative("weightDecay", weightDecay);
    }

    /** Momentum where there is a velocity. */
    @Override
    public Map<Tunable, Double> tunables() {
        Map<Tunable, Double> tunables = new EnumMap<>(Tunable.class);
        tunables.put(Tunable.LEARNING_RATE, learningRate);
        tunables.put(Tunable.WEIGHT_DECAY, weightDecay);
        if (momentum > 0) {
            tunables.put(Tunable.MOMENTUM, momentum);
        }
        tunables.put(Tunable.ALPHA, alpha);
        tunables.put(Tunable.EPSILON, epsilon);
        return tunables;
    }

    @Override
    public UpdateRule rule() {
        List<String> slots = new ArrayList<>(List.of("square_avg"));
        if (momentum > 0) {
            slots.add("momentum_buffer");
        }
        if (centered) {
            slots.add("grad_avg");
        }
        return UpdateRule.of(this::update, slots);
    }

    private Update update(long step, StepValues values) {
        double keep = values.of(Tunable.ALPHA);
        boolean hasVelocity = momentum > 0;
        return new RmsPropUpdate(
                values.coupledDecay(),
                (float) -values.learningRate(),
                (float) keep,
                (float) (1 - keep),
                values.epsilon(),
                hasVelocity,
                hasVelocity ? (float) values.momentum() : 0,
                centered);
    }
}
