package io.firesteel.engine.schedule;

import java.io.Serializable;
import java.util.Objects;

/**
 * Multiplies a value by a factor where a metric has stopped to improve: PyTorch's {@code ReduceLROnPlateau}. After each metric value that
 * isn't better than the best by the threshold, a count goes up; once it is above the patience, the value shrinks, the count begins again,
 * and as many values as the cooldown says are not counted. NaN is never better: it counts as any other value without improvement.
 *
 * <p>Unlike a {@link Schedule} it has a {@link State}, which a run that goes on from a checkpoint must be given back. The value is
 * absolute, and all ranks that see the same merged metric compute the same.
 *
 * @param mode whether lower or higher metrics are better
 * @param factor what the value is multiplied by, in (0, 1)
 * @param patience values without improvement that are borne, &gt;= 0
 * @param threshold how much better is better, &gt;= 0
 * @param measure what the threshold is a share of, if of anything
 * @param cooldown metric values after a reduction that aren't counted, &gt;= 0
 * @param minimum the value that is never gone below, finite
 */
public record ReducePlateau(
        Mode mode, double factor, int patience, double threshold, Measure measure, int cooldown, double minimum)
        implements Serializable {
    /** A reduction by less than this isn't made, as PyTorch's {@code eps} has it. */
    private static final double LEAST_REDUCTION = 1e-8;

    /** Which metrics are better. */
    public enum Mode {
        /** Lower ones. */
        MIN("min"),
        /** Higher ones. */
        MAX("max");

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        /** The name in job files. */
        public String label() {
            return label;
        }
    }

    /** How the threshold is meant. */
    public enum Measure {
        /** As a share of the best: better is below {@code best (1 - threshold)} or above {@code best (1 + threshold)}. */
        RELATIVE("relative"),
        /** As a distance: better is below {@code best - threshold} or above {@code best + threshold}. */
        ABSOLUTE("absolute");

        private final String label;

        Measure(String label) {
            this.label = label;
        }

        /** The name in job files. */
        public String label() {
            return label;
        }
    }

    /**
     * What has to be remembered from one metric value to the next.
     *
     * @param value what is reduced
     * @param best the best metric so far; infinite before the first
     * @param withoutImprovement metric values that have been counted since the best one or the last reduction, &gt;= 0
     * @param cooldown metric values to come that aren't counted, &gt;= 0
     */
    public record State(double value, double best, int withoutImprovement, int cooldown) implements Serializable {
        public State {
            Range.finite("value", value);
            if (Double.isNaN(best)) {
                throw new IllegalArgumentException("Invalid best: NaN (must be a number)");
            }
            Range.notNegative("withoutImprovement", withoutImprovement);
            Range.notNegative("cooldown", cooldown);
        }
    }

    public ReducePlateau {
        Objects.requireNonNull(mode, "mode");
        Range.share("factor", factor);
        Range.notNegative("patience", patience);
        Range.notNegative("threshold", threshold);
        Objects.requireNonNull(measure, "measure");
        Range.notNegative("cooldown", cooldown);
        Range.finite("minimum", minimum);
        if (measure == Measure.RELATIVE && threshold >= 1) {
            throw new IllegalArgumentException(
                    "Invalid threshold: " + threshold + " (must be < 1 with a relative measure)");
        }
    }

    /** PyTorch's defaults: a tenth, patience 10, a relative threshold of 1e-4, no cooldown, minimum 0. */
    public static ReducePlateau of(Mode mode) {
        return new ReducePlateau(mode, 0.1, 10, 1e-4, Measure.RELATIVE, 0, 0);
    }

    /**
     * The state before the first metric value.
     *
     * @param value what is to be reduced, finite
     */
    public State begin(double value) {
        return new State(value, mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY, 0, 0);
    }

    /**
     * The state after one more metric value.
     *
     * @param metric any, NaN too
     */
    public State next(State state, double metric) {
        boolean better = isBetter(metric, state.best());
        boolean cools = state.cooldown() > 0;
        int count = better || cools ? 0 : state.withoutImprovement() + 1;
        double best = better ? metric : state.best();
        return count > patience
                ? new State(reduced(state.value()), best, 0, cooldown)
                : new State(state.value(), best, count, cools ? state.cooldown() - 1 : 0);
    }

    private boolean isBetter(double metric, double best) {
        if (mode == Mode.MIN) {
            return metric < (measure == Measure.RELATIVE ? best * (1 - threshold) : best - threshold);
        }
        return metric > (measure == Measure.RELATIVE ? best * (1 + threshold) : best + threshold);
    }

    private double reduced(double value) {
        double lower = Math.max(value * factor, minimum);
        return value - lower > LEAST_REDUCTION ? lower : value;
    }
}
