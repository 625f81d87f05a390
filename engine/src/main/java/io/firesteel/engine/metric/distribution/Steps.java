package io.firesteel.engine.metric.distribution;

import java.util.Arrays;

/**
 * A distribution in order of value: steps of one value each, or of a bin whose values lie between two bounds, with the weight of
 * each lane.
 */
public final class Steps {
    private final int lanes;
    private final double[] least;
    private final double[] largest;
    private final double[] weights;
    private final double[] totals;
    private int size;

    Steps(int lanes, int capacity) {
        this.lanes = lanes;
        this.least = new double[capacity];
        this.largest = new double[capacity];
        this.weights = new double[Math.multiplyExact(capacity, lanes)];
        this.totals = new double[lanes];
    }

    void add(double from, double to) {
        least[size] = from;
        largest[size] = to;
        size++;
    }

    /** Adds to a lane of the last step. */
    void weigh(int lane, double weight) {
        weights[(size - 1) * lanes + lane] += weight;
        totals[lane] += weight;
    }

    /** Steps of single values. */
    static Steps of(WeightedValues[] sorted) {
        int[] next = new int[sorted.length];
        int capacity = Arrays.stream(sorted).mapToInt(WeightedValues::size).reduce(0, Math::addExact);
        Steps steps = new Steps(sorted.length, capacity);
        int taken = 0;
        while (taken < capacity) {
            double value = leastOf(sorted, next);
            steps.add(value, value);
            for (int lane = 0; lane < sorted.length; lane++) {
                for (; next[lane] < sorted[lane].size() && sorted[lane].value(next[lane]) == value; next[lane]++) {
                    steps.weigh(lane, sorted[lane].weight(next[lane]));
                    taken++;
                }
            }
        }
        return steps;
    }

    private static double leastOf(WeightedValues[] sorted, int[] next) {
        double value = Double.POSITIVE_INFINITY;
        for (int lane = 0; lane < sorted.length; lane++) {
            if (next[lane] < sorted[lane].size()) {
                value = Math.min(value, sorted[lane].value(next[lane]));
            }
        }
        return value;
    }

    public int size() {
        return size;
    }

    /** The least value of a step. */
    public double least(int step) {
        return least[step];
    }

    /** The largest value of a step. */
    public double largest(int step) {
        return largest[step];
    }

    /** Whether all values of a step are the same one. */
    public boolean isSingle(int step) {
        return least[step] == largest[step];
    }

    public double weight(int step, int lane) {
        return weights[step * lanes + lane];
    }

    /** The weight of all steps. */
    public double total(int lane) {
        return totals[lane];
    }
}
