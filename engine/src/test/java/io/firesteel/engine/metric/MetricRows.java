package io.firesteel.engine.metric;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/** Rows for the tests of metrics, of which any slice is a batch. What isn't set, batches don't have. */
public final class MetricRows {
    private final int rows;
    private PredictionKind kind = PredictionKind.LOGITS;
    private int columns;
    private int targetColumns;
    private double[] predictions;
    private long[] classes;
    private double[] targets;
    private double[] weights;
    private double[] losses;
    private List<String> groups;
    private List<String> texts;
    private List<List<String>> references;

    public MetricRows(int rows) {
        this.rows = rows;
    }

    public MetricRows kind(PredictionKind newKind) {
        kind = newKind;
        return this;
    }

    public MetricRows predictions(int newColumns, double... values) {
        columns = newColumns;
        predictions = values;
        return this;
    }

    public MetricRows classes(long... values) {
        classes = values;
        return this;
    }

    public MetricRows targets(int newColumns, double... values) {
        targetColumns = newColumns;
        targets = values;
        return this;
    }

    public MetricRows weights(double... values) {
        weights = values;
        return this;
    }

    public MetricRows losses(double... values) {
        losses = values;
        return this;
    }

    public MetricRows groups(List<String> values) {
        groups = values;
        return this;
    }

    public MetricRows texts(List<String> written, List<List<String>> wanted) {
        texts = written;
        references = wanted;
        return this;
    }

    public int rows() {
        return rows;
    }

    public MetricInput all() {
        return slice(0, rows);
    }

    /** The rows from {@code from} to {@code to}, exclusive. */
    public MetricInput slice(int from, int to) {
        MetricInput input = new MetricInput().begin(to - from).predictionKind(kind);
        if (predictions != null) {
            input.predictions(Arrays.copyOfRange(predictions, from * columns, to * columns), columns);
        }
        if (classes != null) {
            input.classes(LongBuffer.wrap(classes, from, to - from));
        }
        if (targets != null) {
            input.targets(Arrays.copyOfRange(targets, from * targetColumns, to * targetColumns), targetColumns);
        }
        if (weights != null) {
            input.weights(Arrays.copyOfRange(weights, from, to));
        }
        if (losses != null) {
            input.losses(Arrays.copyOfRange(losses, from, to));
        }
        if (groups != null) {
            input.groups(groups.subList(from, to));
        }
        return texts == null ? input : input.texts(texts.subList(from, to), references.subList(from, to));
    }
}
