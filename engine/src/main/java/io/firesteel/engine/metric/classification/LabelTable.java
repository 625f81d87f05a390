package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/**
 * The weight of rows of L labels each, by label: for how many yes was right, predicted and so. 3 L doubles, and the sums of the
 * rows' own precision, recall and F1.
 */
final class LabelTable {
    private static final int MOST_LABELS = 1 << 24;
    private static final int NUMBERS = 3;

    private int size;
    /** All right, then all predicted, then all actual. */
    private double[] weights = {};

    private final double[] sampleSums = new double[NUMBERS];
    private double weight;
    private long rows;

    /** L, 0 before the first row. */
    int size() {
        return size;
    }

    long rows() {
        return rows;
    }

    /** Adds a batch of at least one row. */
    void update(MetricInput input) {
        fit(input.pairedColumns("a confusion matrix"));
        for (int row = 0; row < input.rows(); row++) {
            add(LabelRow.of(input, row, size), input, row);
        }
        rows += input.rows();
    }

    private void add(LabelRow found, MetricInput input, int row) {
        double rowWeight = input.weight(row);
        for (int label = 0; label < size; label++) {
            boolean predicted = input.predictedLabel(row, label);
            boolean actual = input.wantedLabel(row, label);
            weights[label] += predicted && actual ? rowWeight : 0;
            weights[size + label] += predicted ? rowWeight : 0;
            weights[2 * size + label] += actual ? rowWeight : 0;
        }
        sampleSums[0] += rowWeight * found.value(Ratio.PRECISION);
        sampleSums[1] += rowWeight * found.value(Ratio.RECALL);
        sampleSums[2] += rowWeight * found.value(Ratio.F1);
        weight += rowWeight;
    }

    private void fit(int labels) {
        if (size == 0) {
            size = labels;
            weights = new double[NUMBERS * labels];
        } else if (size != labels) {
            throw new IllegalArgumentException(
                    "Invalid columns of targets: " + labels + " (must be " + size + ", as in earlier batches)");
        }
    }

    /** Adds what another table has counted. */
    void add(LabelTable other) {
        if (other.size == 0) {
            return;
        }
        fit(other.size);
        addAll(weights, other.weights);
        addAll(sampleSums, other.sampleSums);
        weight += other.weight;
        rows = Math.addExact(rows, other.rows);
    }

    private static void addAll(double[] into, double[] values) {
        for (int i = 0; i < into.length; i++) {
            into[i] += values[i];
        }
    }

    /** The same rows, label by label, each of which occurs. */
    Outcomes outcomes() {
        boolean[] occurs = new boolean[size];
        Arrays.fill(occurs, true);
        return new Outcomes(part(0), part(1), part(2), occurs, weight, true);
    }

    private double[] part(int index) {
        return Arrays.copyOfRange(weights, index * size, (index + 1) * size);
    }

    /** The means over rows of their precision, recall and F1. */
    double[] sampleMeans() {
        return Arrays.stream(sampleSums).map(sum -> sum / weight).toArray();
    }

    void write(StateOutput output) {
        output.writeLong(rows);
        output.writeInt(size);
        output.writeDoubles(weights);
        output.writeDoubles(sampleSums);
        output.writeDouble(weight);
    }

    static LabelTable read(StateInput input) {
        LabelTable table = new LabelTable();
        table.rows = input.readLong();
        table.size = input.readInt();
        input.check(
                table.size >= 0 && table.size <= MOST_LABELS,
                "bad number of labels",
                table.size,
                "0 to " + MOST_LABELS);
        table.weights = input.readDoubles(NUMBERS * table.size);
        System.arraycopy(input.readDoubles(NUMBERS), 0, table.sampleSums, 0, NUMBERS);
        table.weight = input.readDouble();
        return table;
    }
}
