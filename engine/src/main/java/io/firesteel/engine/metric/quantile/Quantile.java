package io.firesteel.engine.metric.quantile;

import io.firesteel.engine.metric.distribution.Steps;

/**
 * A quantile of weighted values, and how far the exact one can be.
 *
 * @param value the least value with a share of at least q of the weight up to it; if that share is q exactly, the mean of it and the
 *     next one (NumPy's {@code averaged_inverted_cdf}), so that a median of an even number of values is the mean of the middle two
 * @param bound &gt;= 0; 0 unless bins of several values stand for the value
 */
record Quantile(double value, double bound) {
    /** Shares closer than this are equal: sums of weights are rounded. */
    private static final double ROUNDING = 1e-15;

    /**
     * The quantile of steps of one lane.
     *
     * @param steps of total weight &gt; 0
     * @param q in [0, 1]
     */
    static Quantile of(Steps steps, double q) {
        double target = q * steps.total(0);
        double tolerance = ROUNDING * steps.total(0);
        int step = 0;
        double sum = steps.weight(0, 0);
        while (step < steps.size() - 1 && sum < target - tolerance) {
            sum += steps.weight(++step, 0);
        }
        boolean shared = Math.abs(sum - target) <= tolerance && step < steps.size() - 1;
        Quantile lower = at(steps, step);
        return shared ? lower.meanWith(at(steps, step + 1)) : lower;
    }

    private static Quantile at(Steps steps, int step) {
        double least = steps.least(step);
        return steps.isSingle(step)
                ? new Quantile(least, 0)
                : new Quantile((least + steps.largest(step)) / 2, (steps.largest(step) - least) / 2);
    }

    private Quantile meanWith(Quantile other) {
        return value == other.value ? this : new Quantile((value + other.value) / 2, (bound + other.bound) / 2);
    }
}
