package io.firesteel.engine.metric;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * Rows for the tests of metrics, of which any slice is a batch. {@code classes}, {@code targets} and {@code weights}
 * may be null; targets have as many columns as predictions.
 */
public final class MetricRows {
    private final int columns;
    private final float[] predictions;
    private final long[] classes;
    private final float[] targets;
    private final float[] weights;
    private final float[] losses;

    public MetricRows(
            int columns, float[] predictions, long[] classes, float[] targets, float[] weights, float[] losses) {
        this.columns = columns;
        this.predictions = predictions;
        this.classes = classes;
        this.targets = targets;
        this.weights = weights;
        this.losses = losses;
    }

    public int rows() {
        return losses.length;
    }

    public MetricInput all() {
        return slice(0, rows());
    }

    /** The rows from {@code from} to {@code to}, exclusive. */
    public MetricInput slice(int from, int to) {
        int rows = to - from;
        MetricInput input = new MetricInput().begin(rows);
        input.predictions(FloatBuffer.wrap(predictions, from * columns, rows * columns), columns);
        input.losses(FloatBuffer.wrap(losses, from, rows));
        if (classes != null) {
            input.classes(LongBuffer.wrap(classes, from, rows));
        }
        if (targets != null) {
            input.targets(FloatBuffer.wrap(targets, from * columns, rows * columns), columns);
        }
        if (weights != null) {
            input.weights(FloatBuffer.wrap(weights, from, rows));
        }
        return input;
    }
}
