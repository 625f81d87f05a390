package io.firesteel.engine.optim;

import java.util.ArrayList;
import java.util.List;

/** A hyper-parameter that can change from step to step, with the name that it has in job files. Which an optimizer has depends on its kind. */
public enum Tunable {
    /** The step size η. */
    LEARNING_RATE("learningRate", Limits.NOT_NEGATIVE),
    /** How fast weights shrink, λ. */
    WEIGHT_DECAY("weightDecay", Limits.NOT_NEGATIVE),
    /** What stays of the velocity, μ. */
    MOMENTUM("momentum", Limits.FRACTION),
    /** What of the gradient doesn't reach the velocity, τ. */
    DAMPENING("dampening", Limits.SHARE),
    /** Decay of the first moment, β₁. */
    BETA1("beta1", Limits.FRACTION),
    /** Decay of the second moment, β₂. */
    BETA2("beta2", Limits.FRACTION),
    /** Decay of {@link RmsProp}'s averages, α. */
    ALPHA("alpha", Limits.FRACTION),
    /** Decay of {@link Adadelta}'s averages, ρ. */
    RHO("rho", Limits.FRACTION),
    /** What is added to roots, ε. */
    EPSILON("epsilon", Limits.POSITIVE),
    /** {@link Adagrad}'s own decay of the learning rate, δ. */
    LEARNING_RATE_DECAY("learningRateDecay", Limits.NOT_NEGATIVE),
    /** Length of {@link Lars}' steps as a share of the weights' norm, τ. */
    TRUST_COEFFICIENT("trustCoefficient", Limits.POSITIVE);

    private enum Limits {
        NOT_NEGATIVE("a finite number >= 0"),
        POSITIVE("a finite number > 0"),
        FRACTION("in [0, 1)"),
        SHARE("in [0, 1]");

        private final String text;

        Limits(String text) {
            this.text = text;
        }

        boolean accept(double value) {
            return switch (this) {
                case NOT_NEGATIVE -> value >= 0 && Double.isFinite(value);
                case POSITIVE -> value > 0 && Double.isFinite(value);
                case FRACTION -> value >= 0 && value < 1;
                case SHARE -> value >= 0 && value <= 1;
            };
        }
    }

    private final String label;
    private final Limits limits;

    Tunable(String label, Limits limits) {
        this.label = label;
        this.limits = limits;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }

    /**
     * Returns {@code value} where it lies in the range.
     *
     * @throws IllegalArgumentException if it doesn't
     */
    double check(double value) {
        if (!accepts(value)) {
            throw new IllegalArgumentException("Invalid " + label + ": " + value + " (must be " + range() + ")");
        }
        return value;
    }

    boolean accepts(double value) {
        return limits.accept(value);
    }

    /** The range in words, as they follow "must be". */
    String range() {
        return limits.text;
    }

    /** The labels of some, in a sentence. */
    static String labels(Iterable<Tunable> tunables) {
        List<String> labels = new ArrayList<>();
        tunables.forEach(tunable -> labels.add(tunable.label));
        return String.join(", ", labels);
    }
}
