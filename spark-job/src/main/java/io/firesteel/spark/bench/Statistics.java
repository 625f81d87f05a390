package io.firesteel.spark.bench;

import java.util.Arrays;

/** Order statistics of a few thousand figures, sorted once. */
final class Statistics {
    private final double[] sorted;

    /** @param values at least one */
    Statistics(double[] values) {
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    double best() {
        return sorted[0];
    }

    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest value that at least nine tenths of all don't exceed. */
    double ninetieth() {
        return sorted[(9 * sorted.length + 9) / 10 - 1];
    }
}
