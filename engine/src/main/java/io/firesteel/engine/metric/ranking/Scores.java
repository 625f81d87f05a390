package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.distribution.Distributions;

/** Reads scores and labels of a batch: for each class or label a column of scores, with a lane for rows that aren't of it and one for those that are. */
final class Scores {
    static final int NEGATIVE = 0;
    static final int POSITIVE = 1;
    static final int LANES = 2;

    private static final int BLOCK = 4096;

    private Scores() {}

    /**
     * Adds a batch to a state.
     *
     * @param pairs whether each class has a lane of its own, as comparisons of pairs of classes need
     */
    static void add(Distributions state, MetricInput input, boolean pairs) {
        if (input.rows() == 0) {
            return;
        }
        int columns = input.predictionColumns();
        if (input.isMultilabel()) {
            addLabels(state, input, columns);
        } else if (columns > 2) {
            addClasses(state, input, columns, pairs);
        } else {
            addBinary(state, input);
        }
        state.count(input.rows());
    }

    private static void addBinary(Distributions state, MetricInput input) {
        state.shape(1, LANES);
        int capacity = Math.min(input.rows(), BLOCK);
        double[] scores = new double[capacity];
        int[] lanes = new int[capacity];
        double[] weights = new double[capacity];
        for (int from = 0; from < input.rows(); from += BLOCK) {
            int count = Math.min(BLOCK, input.rows() - from);
            for (int i = 0; i < count; i++) {
                scores[i] = input.score(from + i);
                lanes[i] = binaryLane(input, from + i);
                weights[i] = input.weight(from + i);
            }
            state.add(0, scores, lanes, weights, count);
        }
    }

    /** Of rows with one score each. */
    static int binaryLane(MetricInput input, int row) {
        return input.hasClasses() ? checkedClass(input, row, LANES) : input.wantedLabel(row, 0) ? POSITIVE : NEGATIVE;
    }

    private static void addLabels(Distributions state, MetricInput input, int columns) {
        if (input.targetColumns() != columns) {
            throw new IllegalArgumentException("Cannot rank scores: targets and predictions differ in columns ("
                    + input.targetColumns() + ", expected " + columns + ")");
        }
        state.shape(columns, LANES);
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            for (int column = 0; column < columns; column++) {
                int lane = input.wantedLabel(row, column) ? POSITIVE : NEGATIVE;
                state.add(column, input.prediction(row, column), lane, weight);
            }
        }
    }

    private static void addClasses(Distributions state, MetricInput input, int columns, boolean pairs) {
        state.shape(columns, pairs ? columns : LANES);
        double[] probabilities = new double[columns];
        for (int row = 0; row < input.rows(); row++) {
            int label = checkedClass(input, row, columns);
            double weight = input.weight(row);
            input.probabilities(row, probabilities);
            for (int column = 0; column < columns; column++) {
                int lane = pairs ? label : label == column ? POSITIVE : NEGATIVE;
                state.add(column, probabilities[column], lane, weight);
            }
        }
    }

    private static int checkedClass(MetricInput input, int row, int classes) {
        long label = input.classLabel(row);
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "Invalid class: " + label + " in row " + row + " of a batch (must be in [0, " + classes + "))");
        }
        return (int) label;
    }
}
