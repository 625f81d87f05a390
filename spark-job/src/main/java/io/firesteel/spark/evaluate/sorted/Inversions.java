package io.firesteel.spark.evaluate.sorted;

import java.util.Arrays;

/**
 * The weight of pairs of rows of which the earlier has the larger value, counted while merging sorted runs; for a limited number of
 * rows at a time, 32 bytes each. A pair counts the product of its weights.
 */
final class Inversions {
    private static final int FIRST_SIZE = 64;

    private final int most;
    private final PreciseSum weight = new PreciseSum();
    private double[] values;
    private double[] weights;
    private double[] otherValues = {};
    private double[] otherWeights = {};
    private int size;

    /** @param most rows at a time, &gt; 0 */
    Inversions(int most) {
        this.most = most;
        this.values = new double[Math.min(most, FIRST_SIZE)];
        this.weights = new double[values.length];
    }

    boolean isFull() {
        return size == most;
    }

    void add(double value, double rowWeight) {
        if (size == values.length) {
            int capacity = (int) Math.min(most, 2L * size);
            values = Arrays.copyOf(values, capacity);
            weights = Arrays.copyOf(weights, capacity);
        }
        values[size] = value;
        weights[size] = rowWeight;
        size++;
    }

    /** Counts the pairs among the rows that were added, and forgets the rows. */
    void count() {
        if (otherValues.length < values.length) {
            otherValues = new double[values.length];
            otherWeights = new double[values.length];
        }
        for (long run = 1; run < size; run *= 2) {
            for (long from = 0; from < size; from += 2 * run) {
                int middle = (int) Math.min(size, from + run);
                weight.add(merge((int) from, middle, (int) Math.min(size, from + 2 * run)));
            }
            swap();
        }
        size = 0;
    }

    private void swap() {
        double[] sortedValues = otherValues;
        double[] sortedWeights = otherWeights;
        otherValues = values;
        otherWeights = weights;
        values = sortedValues;
        weights = sortedWeights;
    }

    private double merge(int from, int middle, int to) {
        double waiting = 0;
        for (int i = from; i < middle; i++) {
            waiting += weights[i];
        }
        double inverted = 0;
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight = left == middle || (right < to && values[right] < values[left]);
            int taken = takeRight ? right++ : left++;
            if (!takeRight) {
                waiting -= weights[taken];
            } else if (left < middle) {
                inverted += weights[taken] * waiting;
            }
            otherValues[i] = values[taken];
            otherWeights[i] = weights[taken];
        }
        return inverted;
    }

    /** Of all that were counted. */
    PreciseSum weight() {
        return weight;
    }
}
