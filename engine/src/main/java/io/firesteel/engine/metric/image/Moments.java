package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/**
 * The mean and the covariance of rows of so many columns, kept as the mean and the sums of products of differences from it, so
 * that large means don't eat the digits. Holds {@code columns * (columns + 3) / 2} doubles.
 */
final class Moments {
    private final int columns;
    private double weight;
    private final double[] mean;
    private final double[] products;
    private final double[] difference;

    Moments(int columns) {
        this.columns = columns;
        mean = new double[columns];
        products = new double[Math.toIntExact(packed(columns))];
        difference = new double[columns];
    }

    /** How many elements of a symmetric matrix are on its diagonal or above. */
    static long packed(int columns) {
        return columns * (columns + 1L) / 2;
    }

    int columns() {
        return columns;
    }

    double weight() {
        return weight;
    }

    double mean(int column) {
        return mean[column];
    }

    /** Adds a row that counts as so many. */
    void add(double[] row, double rowWeight) {
        if (rowWeight > 0) {
            absorb(row, rowWeight);
        }
    }

    /** Adds what is only a mean and a weight. */
    private void absorb(double[] otherMean, double otherWeight) {
        double total = weight + otherWeight;
        for (int i = 0; i < columns; i++) {
            difference[i] = otherMean[i] - mean[i];
            mean[i] += difference[i] * (otherWeight / total);
        }
        double factor = weight * otherWeight / total;
        for (int i = 0, at = 0; i < columns; i++) {
            double scaled = factor * difference[i];
            for (int j = i; j < columns; j++) {
                products[at++] += scaled * difference[j];
            }
        }
        weight = total;
    }

    /** A new one that has seen the rows of both. */
    Moments plus(Moments other) {
        if (weight == 0) {
            return other.copy();
        }
        Moments merged = copy();
        if (other.weight > 0) {
            merged.absorb(other.mean, other.weight);
            for (int i = 0; i < products.length; i++) {
                merged.products[i] += other.products[i];
            }
        }
        return merged;
    }

    private Moments copy() {
        Moments copy = new Moments(columns);
        copy.weight = weight;
        System.arraycopy(mean, 0, copy.mean, 0, columns);
        System.arraycopy(products, 0, copy.products, 0, products.length);
        return copy;
    }

    /** The unbiased covariance, in rows of the upper triangle; of a weight over 1. */
    double[] covariance() {
        return Arrays.stream(products).map(sum -> sum / (weight - 1)).toArray();
    }

    /** The sum of the columns' variances; of a weight over 1. */
    double variance() {
        double sum = 0;
        for (int i = 0, at = 0; i < columns; at += columns - i, i++) {
            sum += products[at];
        }
        return sum / (weight - 1);
    }

    void write(StateOutput output) {
        output.writeDouble(weight);
        output.writeDoubles(mean);
        output.writeDoubles(products);
    }

    static Moments read(int columns, StateInput input) {
        double weight = input.readDouble();
        double[] mean = input.readDoubles(columns);
        double[] products = input.readDoubles(Math.toIntExact(packed(columns)));
        Moments moments = new Moments(columns);
        moments.weight = weight;
        System.arraycopy(mean, 0, moments.mean, 0, columns);
        System.arraycopy(products, 0, moments.products, 0, products.length);
        return moments;
    }
}
