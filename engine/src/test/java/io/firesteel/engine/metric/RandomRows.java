package io.firesteel.engine.metric;

import java.util.Random;

/** Random rows of the kinds that metrics read. */
final class RandomRows {
    private RandomRows() {}

    /** Gaussian logits, classes in [0, columns), weights 0, 1/4, … 2, losses in [0, 1). */
    static MetricRows classified(Random random, int rows, int columns) {
        return new MetricRows(
                columns,
                gaussian(random, rows * columns),
                random.longs(rows, 0, columns).toArray(),
                null,
                quarters(random, rows),
                uniform(random, rows));
    }

    private static float[] gaussian(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] uniform(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static float[] quarters(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(9) / 4f;
        }
        return values;
    }
}
