package io.firesteel.engine.optim;

import java.io.Serializable;

/**
 * How gradients are kept from growing too large: the mean gradients of the step over all replicas, before weight decay.
 *
 * @param kind what is limited
 * @param limit largest value that is left as it is, finite and &gt; 0; infinite where nothing is limited
 */
public record Clipping(Kind kind, double limit) implements Serializable {
    /** What clipping limits. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** Each element's absolute value; NaN stays. */
        VALUE,
        /**
         * The L2 norm over all gradients: they are multiplied by {@code min(1, limit / (norm + 1e-6))}. If one of them is
         * NaN, all become NaN; if one is infinite, it becomes NaN and the others 0.
         */
        NORM
    }

    private static final double NORM_FLOOR = 1e-6;

    public Clipping {
        if (kind != Kind.NONE) {
            Hyperparameter.positive("clip", limit);
        }
    }

    /** Leaves gradients as they are. */
    public static Clipping none() {
        return new Clipping(Kind.NONE, Double.POSITIVE_INFINITY);
    }

    /** As <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html">clip_grad_value_</a>. */
    public static Clipping byValue(double limit) {
        return new Clipping(Kind.VALUE, limit);
    }

    /** As <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html">clip_grad_norm_</a>. */
    public static Clipping byNorm(double limit) {
        return new Clipping(Kind.NORM, limit);
    }

    /** Largest absolute value of an element. */
    float elementLimit() {
        return kind == Kind.VALUE ? (float) limit : Float.POSITIVE_INFINITY;
    }

    /** What gradients of this norm are multiplied by. */
    double factor(double norm) {
        return Math.min(1, limit / (norm + NORM_FLOOR));
    }
}
