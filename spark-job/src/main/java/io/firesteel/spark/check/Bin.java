package io.firesteel.spark.check;

/**
 * Numbers that are counted together.
 *
 * @param least no number of it is below
 * @param largest no number of it is above; equal to {@code least} where all are the same
 * @param count how many, at least 1
 */
public record Bin(double least, double largest, long count) {
    public Bin {
        if (!(least <= largest)) {
            throw new IllegalArgumentException("Invalid bin: from " + least + " to " + largest
                    + " (must be numbers, the first not above the second)");
        }
        if (count < 1) {
            throw new IllegalArgumentException("Invalid count of a bin: " + count + " (must be 1 or more)");
        }
    }

    boolean isOneNumber() {
        return least == largest;
    }

    Bin plus(Bin next) {
        return new Bin(least, next.largest, count + next.count);
    }
}
