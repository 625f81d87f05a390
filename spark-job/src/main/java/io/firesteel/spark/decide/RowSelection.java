package io.firesteel.spark.decide;

import io.firesteel.engine.metric.MetricInput;
import java.nio.LongBuffer;
import java.util.Arrays;

/** Some rows of a batch as a batch of their own. */
final class RowSelection {
    private RowSelection() {}

    /**
     * Copies rows.
     *
     * @param from labels are classes or targets, not both
     * @param rows which of its rows
     */
    static MetricInput of(MetricInput from, int[] rows) {
        MetricInput selected = new MetricInput()
                .begin(rows.length)
                .predictions(predictions(from, rows), from.predictionColumns())
                .predictionKind(from.predictionKind());
        if (from.hasClasses()) {
            selected.classes(classes(from, rows));
        } else if (from.hasLabels()) {
            selected.targets(targets(from, rows), from.targetColumns());
        }
        if (from.hasWeights()) {
            selected.weights(Arrays.stream(rows).mapToDouble(from::weight).toArray());
        }
        if (from.hasLosses()) {
            selected.losses(Arrays.stream(rows).mapToDouble(from::loss).toArray());
        }
        return selected;
    }

    private static double[] predictions(MetricInput from, int[] rows) {
        int columns = from.predictionColumns();
        double[] values = new double[rows.length * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = from.prediction(rows[i / columns], i % columns);
        }
        return values;
    }

    private static double[] targets(MetricInput from, int[] rows) {
        int columns = from.targetColumns();
        double[] values = new double[rows.length * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = from.target(rows[i / columns], i % columns);
        }
        return values;
    }

    private static LongBuffer classes(MetricInput from, int[] rows) {
        long[] classes = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            classes[i] = from.classLabel(rows[i]);
        }
        return LongBuffer.wrap(classes);
    }
}
