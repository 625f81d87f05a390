package io.firesteel.engine.metric.probabilistic;

import java.util.Arrays;

/**
 * {@code exp(-|a - b|^2 / (2 variance))}: how alike two vectors are.
 *
 * @param variance the square of the kernel's width, &gt; 0
 */
record GaussianKernel(double variance) {
    double of(double[] a, double[] b) {
        return Math.exp(-0.5 * squaredDistance(a, b) / variance);
    }

    static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }

    /**
     * The median of the squared distances of all pairs, those of a row with itself among them: of weights that are whole, as if each row
     * stood there as often as its weight says. Takes 4 bytes times the square of the number of rows.
     */
    static double medianSquaredDistance(double[][] rows, double[] weights) {
        double[] distances = new double[rows.length * (rows.length - 1) / 2];
        for (int i = 0, next = 0; i < rows.length; i++) {
            for (int j = 0; j < i; j++) {
                distances[next++] = squaredDistance(rows[i], rows[j]);
            }
        }
        double own = Arrays.stream(weights).map(weight -> weight * weight).sum();
        double total = Arrays.stream(weights).sum();
        double half = total * total / 2;
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        int index = firstReaching(half - own, sorted, distances, weights);
        double lower = index < 0 ? 0 : sorted[index];
        boolean between = own + weightUpTo(lower, distances, weights) == half;
        int next = index + 1;
        while (between && next < sorted.length - 1 && sorted[next] == lower) {
            next++;
        }
        return between && next < sorted.length ? (lower + sorted[next]) / 2 : lower;
    }

    /** The first of the sorted distances up to which pairs have some weight together; -1 if none is needed. */
    private static int firstReaching(double wanted, double[] sorted, double[] distances, double[] weights) {
        if (wanted <= 0) {
            return -1;
        }
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (weightUpTo(sorted[middle], distances, weights) >= wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Of pairs of two different rows, both ways round. */
    private static double weightUpTo(double limit, double[] distances, double[] weights) {
        double sum = 0;
        for (int i = 0, next = 0; i < weights.length; i++) {
            for (int j = 0; j < i; j++, next++) {
                if (distances[next] <= limit) {
                    sum += 2 * weights[i] * weights[j];
                }
            }
        }
        return sum;
    }
}
