package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.distribution.Steps;
import java.util.Arrays;

/**
 * The weights of negative and of positive rows with a score of at least a threshold, for thresholds in falling order.
 *
 * @param thresholds each the least score of its rows
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one computation
record Curve(double[] negatives, double[] positives, double[] thresholds) {
    /** A point for each score, or each bin: bins hide what is between their ends, but the ends are points of the exact curve. */
    static Curve of(Steps steps) {
        int size = steps.size();
        double[] negatives = new double[size];
        double[] positives = new double[size];
        double[] thresholds = new double[size];
        double negative = 0;
        double positive = 0;
        for (int i = 0; i < size; i++) {
            int step = size - 1 - i;
            negative += steps.weight(step, Scores.NEGATIVE);
            positive += steps.weight(step, Scores.POSITIVE);
            negatives[i] = negative;
            positives[i] = positive;
            thresholds[i] = steps.least(step);
        }
        return new Curve(negatives, positives, thresholds);
    }

    int size() {
        return thresholds.length;
    }

    Curve at(int... points) {
        return new Curve(pick(negatives, points), pick(positives, points), pick(thresholds, points));
    }

    private static double[] pick(double[] values, int... points) {
        return Arrays.stream(points).mapToDouble(point -> values[point]).toArray();
    }

    /** Without points that continue their neighbours' line by equal steps; the area doesn't change. */
    Curve corners() {
        int[] points = new int[size()];
        int count = 0;
        for (int i = 0; i < size(); i++) {
            if (i == 0 || i == size() - 1 || bends(negatives, i) || bends(positives, i)) {
                points[count++] = i;
            }
        }
        return at(Arrays.copyOf(points, count));
    }

    private static boolean bends(double[] values, int i) {
        return values[i + 1] - values[i] != values[i] - values[i - 1];
    }

    /**
     * No more points than asked for: the first and the last one, and the first ones to reach marks at equal distances.
     *
     * @param progress never falls from point to point
     */
    static int[] thin(double[] progress, int most) {
        int size = progress.length;
        int[] points = new int[Math.min(size, most)];
        if (size <= most) {
            Arrays.setAll(points, i -> i);
            return points;
        }
        double span = progress[size - 1] - progress[0];
        int count = 0;
        int point = 0;
        for (int mark = 0; mark < most - 1; mark++) {
            while (point < size - 1 && progress[point] < progress[0] + span * mark / (most - 1)) {
                point++;
            }
            if (point < size - 1 && (count == 0 || points[count - 1] != point)) {
                points[count++] = point;
            }
        }
        points[count++] = size - 1;
        return Arrays.copyOf(points, count);
    }
}
