package io.firesteel.spark.bench;

import java.util.Random;

/** Rows of predictions and labels in batches, a few of them over and over: rows that come and go as those of a training. */
final class MetricRows {
    static final int BATCH = 4096;
    private static final int BATCHES = 64;

    private final int columns;
    private final float[][] predictions = new float[BATCHES][];
    private final long[][] labels = new long[BATCHES][BATCH];
    private final float[][] targets;

    private MetricRows(int columns, boolean hasTargets) {
        this.columns = columns;
        this.targets = hasTargets ? new float[BATCHES][BATCH] : null;
        for (int i = 0; i < BATCHES; i++) {
            predictions[i] = new float[BATCH * columns];
        }
    }

    /** Logits of several classes; the right one is mostly the largest. */
    static MetricRows ofClasses(int classes, long seed) {
        MetricRows rows = new MetricRows(classes, false);
        Random random = new Random(seed);
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int row = 0; row < BATCH; row++) {
                int label = random.nextInt(classes);
                rows.labels[batch][row] = label;
                for (int column = 0; column < classes; column++) {
                    rows.predictions[batch][row * classes + column] =
                            (float) random.nextGaussian() + (column == label ? 2 : 0);
                }
            }
        }
        return rows;
    }

    /** Probabilities of class 1, which are right. */
    static MetricRows ofProbabilities(long seed) {
        MetricRows rows = new MetricRows(1, false);
        Random random = new Random(seed);
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int row = 0; row < BATCH; row++) {
                float probability = random.nextFloat();
                rows.predictions[batch][row] = probability;
                rows.labels[batch][row] = random.nextFloat() < probability ? 1 : 0;
            }
        }
        return rows;
    }

    /** Values of a regression. */
    static MetricRows ofTargets(long seed) {
        MetricRows rows = new MetricRows(1, true);
        Random random = new Random(seed);
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int row = 0; row < BATCH; row++) {
                float target = (float) random.nextGaussian();
                rows.targets[batch][row] = target;
                rows.predictions[batch][row] = target + 0.5f * (float) random.nextGaussian();
            }
        }
        return rows;
    }

    int columns() {
        return columns;
    }

    /** (BATCH, columns) of the batch in which a row is. */
    float[] predictions(long row) {
        return predictions[batch(row)];
    }

    long[] labels(long row) {
        return labels[batch(row)];
    }

    /** Null where labels are classes. */
    float[] targets(long row) {
        return targets == null ? null : targets[batch(row)];
    }

    private static int batch(long row) {
        return (int) (row / BATCH % BATCHES);
    }
}
