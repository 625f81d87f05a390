package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.MetricInput;

/** Predictions and targets that have the same shape. */
final class Pairs {
    private Pairs() {}

    /** C, which must be L too. */
    static int columns(String metric, MetricInput input) {
        int columns = input.predictionColumns();
        if (input.targetColumns() != columns) {
            throw new IllegalArgumentException("Cannot compute " + metric
                    + ": targets and predictions differ in columns (" + input.targetColumns() + ", expected " + columns
                    + ")");
        }
        return columns;
    }
}
