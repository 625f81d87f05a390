package io.firesteel.engine.schedule;

/**
 * Between which values something stays.
 *
 * @param lowest not above {@code highest}; may be infinite
 * @param highest may be infinite
 */
public record Bounds(double lowest, double highest) {
    public Bounds {
        if (!(lowest <= highest)) {
            throw new IllegalArgumentException(
                    "Invalid bounds: " + lowest + " to " + highest + " (must not be NaN, and in order)");
        }
    }

    /** The smallest bounds around all of these values, at least one. */
    static Bounds around(double... values) {
        double lowest = values[0];
        double highest = values[0];
        for (double value : values) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        return new Bounds(lowest, highest);
    }

    /** Those of a value that is multiplied by a factor again and again, and at last leaves these bounds or comes near 0. */
    static Bounds ofPowers(double value, double factor) {
        if (factor == 1 || value == 0) {
            return around(value);
        }
        return around(value, factor < 1 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, value));
    }

    /** The smallest bounds around both. */
    Bounds and(Bounds other) {
        return around(lowest, highest, other.lowest, other.highest);
    }
}
