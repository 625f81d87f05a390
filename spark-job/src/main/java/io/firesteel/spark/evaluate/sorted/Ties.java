package io.firesteel.spark.evaluate.sorted;

import java.io.Serializable;

/** Equal numbers that follow each other: how many different ones there are, and the sum of squares of each one's weight. */
final class Ties implements Serializable {
    private static final long serialVersionUID = 1;

    private final PreciseSum squares = new PreciseSum();
    private long values;
    private PreciseSum equal = new PreciseSum();
    private boolean open;

    /** Adds a row to those that are equal. */
    void add(double weight) {
        equal.add(weight);
        open = true;
    }

    /** Says that the next row is another number. */
    void end() {
        if (open) {
            squares.addProduct(equal.value(), equal.value());
            values++;
            equal = new PreciseSum();
            open = false;
        }
    }

    PreciseSum squares() {
        return squares;
    }

    long values() {
        return values;
    }
}
