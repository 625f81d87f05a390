package io.firesteel.engine.metric;

import java.util.Arrays;
import java.util.Random;

/** Makes random rows that a metric accepts. */
@FunctionalInterface
public interface RowSource {
    /** Weights, if any, should be multiples of 1/4, so that sums of weights are exact. */
    MetricRows rows(Random random, int count);

    /** Gaussian logits, classes in [0, columns), weights 0, 1/4, … 2, losses in [0, 1). */
    static RowSource classified(int columns) {
        return (random, count) -> new MetricRows(count)
                .predictions(columns, gaussian(random, count * columns))
                .classes(random.longs(count, 0, Math.max(2, columns)).toArray())
                .weights(quarters(random, count))
                .losses(random.doubles(count).toArray());
    }

    /** Gaussian logits, labels that are 0 or 1, weights. */
    static RowSource multilabel(int columns) {
        return (random, count) -> new MetricRows(count)
                .predictions(columns, gaussian(random, count * columns))
                .targets(
                        columns,
                        random.ints((long) count * columns, 0, 2)
                                .asDoubleStream()
                                .toArray())
                .weights(quarters(random, count));
    }

    /** Targets in [1, 9), predictions around them, weights. */
    static RowSource regression(int columns) {
        return (random, count) -> {
            double[] targets = random.doubles((long) count * columns, 1, 9).toArray();
            double[] predictions = targets.clone();
            for (int i = 0; i < predictions.length; i++) {
                predictions[i] += random.nextDouble() - 0.5;
            }
            return new MetricRows(count)
                    .predictions(columns, predictions)
                    .targets(columns, targets)
                    .weights(quarters(random, count));
        };
    }

    static double[] gaussian(Random random, int size) {
        double[] values = new double[size];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    /** Weights 0, 1/4, … 2. */
    static double[] quarters(Random random, int size) {
        return random.ints(size, 0, 9).mapToDouble(quarter -> quarter / 4.0).toArray();
    }
}
