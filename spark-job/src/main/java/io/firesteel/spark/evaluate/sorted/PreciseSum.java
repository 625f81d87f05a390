package io.firesteel.spark.evaluate.sorted;

import java.io.Serializable;

/**
 * A sum of doubles to 106 bits, as two of them: exact for whole numbers up to 2^106, and so for counts of pairs of rows and for
 * sums of squares of ranks. Other sums are so near to the exact one that the order of adding, which partitions change, hardly ever
 * shows in the double that comes of it.
 *
 * <p>Mutable; by one thread at a time. Source: Dekker 1971, Knuth's two-sum in The Art of Computer Programming, 4.2.2.
 */
final class PreciseSum implements Serializable {
    private static final long serialVersionUID = 1;

    private double high;
    private double low;

    /** Of some numbers. */
    static PreciseSum of(double... numbers) {
        PreciseSum sum = new PreciseSum();
        for (double number : numbers) {
            sum.add(number);
        }
        return sum;
    }

    /** @param number finite */
    void add(double number) {
        double sum = high + number;
        low += error(high, number, sum);
        high = sum + low;
        low = error(sum, low, high);
    }

    /** What rounding has taken off a sum. */
    private static double error(double a, double b, double sum) {
        double ofB = sum - a;
        return (a - (sum - ofB)) + (b - ofB);
    }

    void add(PreciseSum other) {
        add(other.high);
        add(other.low);
    }

    void addProduct(double a, double b) {
        double product = a * b;
        add(product);
        add(Math.fma(a, b, -product));
    }

    void addProduct(PreciseSum sum, double factor) {
        addProduct(sum.high, factor);
        addProduct(sum.low, factor);
    }

    /** A new sum, this one times a number. */
    PreciseSum times(double factor) {
        PreciseSum product = new PreciseSum();
        product.addProduct(this, factor);
        return product;
    }

    /** A new sum, this one less another. */
    PreciseSum minus(PreciseSum other) {
        PreciseSum difference = times(1);
        difference.addProduct(other, -1);
        return difference;
    }

    /** The nearest double. */
    double value() {
        return high + low;
    }

    @Override
    public String toString() {
        return high + " + " + low;
    }
}
