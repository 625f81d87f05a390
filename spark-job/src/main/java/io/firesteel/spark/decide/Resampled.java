package io.firesteel.spark.decide;

import java.util.Arrays;

/**
 * A number of all rows, and what it came to in resamples of them, by whose percentiles it is told how sure the number is (Efron and Tibshirani,
 * <i>An Introduction to the Bootstrap</i>, 13.3). Immutable.
 */
public final class Resampled {
    private final double estimate;
    private final double[] values;
    private final int undefined;

    /** @param values in each resample, NaN where there is none */
    Resampled(double estimate, double[] values) {
        this.estimate = estimate;
        this.values = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        this.undefined = values.length - this.values.length;
    }

    /**
     * Two bounds.
     *
     * @param low NaN if no resample has a value
     * @param high NaN if no resample has a value
     */
    public record Interval(double low, double high) {}

    /** Of all rows; NaN if they have no such number. */
    public double estimate() {
        return estimate;
    }

    /** Resamples that have a value. */
    public int resamples() {
        return values.length;
    }

    /** The share of resamples without a value, such as the area under a curve of rows of one class; 0 if there were none at all. */
    public double undefinedShare() {
        int all = values.length + undefined;
        return all == 0 ? 0 : (double) undefined / all;
    }

    /**
     * What the number is at least, that sure; NaN if no resample has a value.
     *
     * @param confidence over 0 and under 1
     */
    public double atLeast(double confidence) {
        return percentile(1 - confidence);
    }

    /**
     * Where the number is, that sure, with equal shares on both sides.
     *
     * @param confidence over 0 and under 1
     */
    public Interval interval(double confidence) {
        return new Interval(percentile((1 - confidence) / 2), percentile((1 + confidence) / 2));
    }

    /** Between neighbours in proportion, as {@code numpy.percentile}. */
    private double percentile(double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double place = share * (values.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, values.length - 1);
        return values[below] + (place - below) * (values[above] - values[below]);
    }
}
