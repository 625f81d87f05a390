package io.firesteel.engine.handler;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a {@link LearningRateFinder} tries.
 *
 * @param start first learning rate, finite and &gt; 0
 * @param end last one, finite and &gt; {@code start}
 * @param iterations how many are tried, one after each other, &gt;= 2
 * @param ramp how they grow
 * @param smoothing share of a new loss in the smoothed one, in (0, 1]; 1 doesn't smooth
 * @param divergence the trial ends once the smoothed loss is above the lowest one times this, &gt; 1; where the lowest isn't above
 *     0, nothing but a loss that is no finite number ends it
 */
public record LearningRateFinderOptions(
        double start, double end, int iterations, Ramp ramp, double smoothing, double divergence)
        implements Serializable {
    /** How learning rates grow. */
    public enum Ramp {
        /** By the same factor. */
        EXPONENTIAL("exponential"),
        /** By the same difference. */
        LINEAR("linear");

        private final String label;

        Ramp(String label) {
            this.label = label;
        }

        /** The name in job files. */
        public String label() {
            return label;
        }
    }

    /** From 1e-7 to 10 by 100 equal factors, with a new loss's share of 0.05, until five times the lowest loss. */
    public static final LearningRateFinderOptions DEFAULTS =
            new LearningRateFinderOptions(1e-7, 10, 100, Ramp.EXPONENTIAL, 0.05, 5);

    public LearningRateFinderOptions {
        Valid.positive("start", start);
        Valid.check("end", end, end > start && Double.isFinite(end), "a finite number > " + start);
        Valid.check("iterations", iterations, iterations >= 2, ">= 2");
        Objects.requireNonNull(ramp, "ramp");
        Valid.share("smoothing", smoothing);
        Valid.check("divergence", divergence, divergence > 1, "> 1");
    }

    /**
     * The learning rate of an iteration: the first one has {@code start}, the last one {@code end}.
     *
     * @param iteration from 1
     */
    double rateAt(long iteration) {
        if (iteration >= iterations) {
            return end;
        }
        double share = (iteration - 1) / (double) (iterations - 1);
        return ramp == Ramp.EXPONENTIAL ? start * StrictMath.pow(end / start, share) : start + (end - start) * share;
    }
}
