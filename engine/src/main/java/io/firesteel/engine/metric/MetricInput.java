package io.firesteel.engine.metric;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * One batch as metrics see it: N rows of predictions, labels, weights and losses, each of them optional, copied from the
 * caller's buffers between their position and their limit; of classes it is a view, and their buffer must stay as it is until
 * all metrics are updated. One instance serves batch after batch without an allocation: {@link #begin}, then one call for each
 * part. Not thread-safe.
 */
public final class MetricInput {
    private int rows;
    private final FloatColumns predictions = new FloatColumns("predictions");
    private final FloatColumns targets = new FloatColumns("targets");
    private final FloatColumns weights = new FloatColumns("weights");
    private final FloatColumns losses = new FloatColumns("losses");
    private LongBuffer classes;

    /**
     * Starts a batch, which has nothing but a number of rows yet.
     *
     * @param rowCount N, &gt;= 0
     */
    public MetricInput begin(int rowCount) {
        if (rowCount < 0) {
            throw new IllegalArgumentException("Invalid rows: " + rowCount + " (must be >= 0)");
        }
        rows = rowCount;
        predictions.clear();
        targets.clear();
        weights.clear();
        losses.clear();
        classes = null;
        return this;
    }

    /**
     * Sets the model's outputs.
     *
     * @param values float32 (N, C) in row order: logits of a classifier, values of a regression
     * @param columns C, &gt; 0
     */
    public MetricInput predictions(FloatBuffer values, int columns) {
        predictions.set(values, rows, columns);
        return this;
    }

    /**
     * Sets class labels.
     *
     * @param labels int64 (N): 0-based classes
     */
    public MetricInput classes(LongBuffer labels) {
        if (labels.remaining() != rows) {
            throw new IllegalArgumentException(
                    "Invalid classes: " + labels.remaining() + " elements (must be " + rows + ", one per row)");
        }
        classes = labels;
        return this;
    }

    /**
     * Sets targets that are numbers.
     *
     * @param values float32 (N, L) in row order: 0 or 1 for each label, or the values to regress
     * @param columns L, &gt; 0
     */
    public MetricInput targets(FloatBuffer values, int columns) {
        targets.set(values, rows, columns);
        return this;
    }

    /**
     * Sets the rows' weights, which are 1 without this call.
     *
     * @param values float32 (N), each finite and &gt;= 0
     */
    public MetricInput weights(FloatBuffer values) {
        weights.set(values, rows, 1);
        return this;
    }

    /**
     * Sets the rows' losses.
     *
     * @param values float32 (N), not weighted
     */
    public MetricInput losses(FloatBuffer values) {
        losses.set(values, rows, 1);
        return this;
    }

    /** N. */
    public int rows() {
        return rows;
    }

    /** C, the columns of the predictions. */
    public int predictionColumns() {
        return predictions.columns();
    }

    public float prediction(int row, int column) {
        return predictions.value(row, column);
    }

    /** Whether the labels are classes; if not, they are targets. */
    public boolean hasClasses() {
        return classes != null;
    }

    /** The 0-based class of a row. */
    public long classLabel(int row) {
        if (classes == null) {
            throw FloatColumns.missing("classes");
        }
        return classes.get(classes.position() + row);
    }

    /** L, the columns of the targets. */
    public int targetColumns() {
        return targets.columns();
    }

    public float target(int row, int column) {
        return targets.value(row, column);
    }

    /** The weight of a row, 1 if the batch has no weights. */
    public double weight(int row) {
        return weights.isSet() ? weights.value(row, 0) : 1;
    }

    /** The loss of a row, not weighted. */
    public float loss(int row) {
        return losses.value(row, 0);
    }
}
