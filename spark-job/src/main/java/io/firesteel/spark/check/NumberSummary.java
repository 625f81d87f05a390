package io.firesteel.spark.check;

import java.util.Objects;

/**
 * Numbers of a column. Those that aren't finite are counted and left out of the rest, which is NaN where no number is left.
 *
 * @param nans how many aren't a number
 * @param infinities how many are infinite
 * @param minimum of the finite ones
 * @param maximum of the finite ones
 * @param mean of the finite ones, rounded once
 * @param deviation the standard deviation, by n
 * @param histogram of the finite ones, in at most 201 bins: exact where there are no more than 200 different numbers
 */
public record NumberSummary(
        long nans,
        long infinities,
        double minimum,
        double maximum,
        double mean,
        double deviation,
        Histogram histogram) {
    public NumberSummary {
        Objects.requireNonNull(histogram, "histogram");
        if (nans < 0 || infinities < 0) {
            throw new IllegalArgumentException(
                    "Invalid numbers: " + nans + " NaN and " + infinities + " infinite (must be 0 or more)");
        }
    }
}
