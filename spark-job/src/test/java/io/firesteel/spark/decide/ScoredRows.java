package io.firesteel.spark.decide;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.spark.predict.ScoredBatch;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Rows that models have predicted, made by hand: outputs are one number a row, labels classes 0 and 1 or numbers. */
final class ScoredRows {
    private final double[] labels;
    private final boolean classes;
    private final List<double[]> outputs = new ArrayList<>();
    private final List<String[]> groups = new ArrayList<>();
    private double[] weights;

    private ScoredRows(double[] labels, boolean classes) {
        this.labels = labels;
        this.classes = classes;
    }

    static ScoredRows ofClasses(double... labels) {
        return new ScoredRows(labels, true);
    }

    static ScoredRows ofNumbers(double... targets) {
        return new ScoredRows(targets, false);
    }

    ScoredRows model(double... predictions) {
        outputs.add(predictions);
        return this;
    }

    ScoredRows weights(double... ofRows) {
        weights = ofRows;
        return this;
    }

    ScoredRows group(String... values) {
        groups.add(values);
        return this;
    }

    int size() {
        return labels.length;
    }

    /** All rows in batches of at most a hundred. */
    Iterator<ScoredBatch> batches() {
        return batches(0, size());
    }

    /** Some rows in batches of at most a hundred; ids are the rows' numbers. */
    Iterator<ScoredBatch> batches(int from, int to) {
        List<ScoredBatch> batches = new ArrayList<>();
        for (int start = from; start < to; start += 100) {
            batches.add(batch(start, Math.min(to, start + 100)));
        }
        return batches.iterator();
    }

    private ScoredBatch batch(int from, int to) {
        List<MetricInput> inputs = new ArrayList<>();
        for (double[] output : outputs) {
            MetricInput input = new MetricInput().begin(to - from).predictions(Arrays.copyOfRange(output, from, to), 1);
            double[] wanted = Arrays.copyOfRange(labels, from, to);
            if (classes) {
                input.classes(LongBuffer.wrap(
                        Arrays.stream(wanted).mapToLong(label -> (long) label).toArray()));
            } else {
                input.targets(wanted, 1);
            }
            if (weights != null) {
                input.weights(Arrays.copyOfRange(weights, from, to));
            }
            inputs.add(input);
        }
        return new ScoredBatch(
                inputs,
                IntStream.range(from, to).mapToObj(row -> (long) row).toList(),
                groups.stream()
                        .map(values -> List.of(Arrays.copyOfRange(values, from, to)))
                        .toList());
    }
}
