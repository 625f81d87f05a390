package io.firesteel.engine.metric.aggregation;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;

/**
 * One column's numbers, summed up.
 *
 * @param weight the sum of the rows' weights
 * @param sum {@code sum(w x)}
 * @param mean the weighted mean, merged from means as {@code square} needs it
 * @param square {@code sum(w (x - mean)^2)}; kept about the mean, where sums of squares would lose all digits of numbers far from 0
 * @param minimum infinite if there are none
 * @param maximum minus infinite if there are none
 */
record Summary(double weight, double sum, double mean, double square, double minimum, double maximum) {
    static final int BYTES = 6 * Double.BYTES;
    static final Summary NONE = new Summary(0, 0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /** Chan's pairwise update. */
    Summary plus(Summary other) {
        if (weight == 0 || other.weight == 0) {
            return weight == 0 ? other : this;
        }
        double total = weight + other.weight;
        double share = other.weight / total;
        double distance = other.mean - mean;
        return new Summary(
                total,
                sum + other.sum,
                mean + distance * share,
                square + other.square + distance * distance * weight * share,
                Math.min(minimum, other.minimum),
                Math.max(maximum, other.maximum));
    }

    void write(StateOutput output) {
        output.writeDoubles(new double[] {weight, sum, mean, square, minimum, maximum});
    }

    static Summary read(StateInput input) {
        double[] values = input.readDoubles(6);
        return new Summary(values[0], values[1], values[2], values[3], values[4], values[5]);
    }
}
