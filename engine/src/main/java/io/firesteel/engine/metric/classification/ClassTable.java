package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The weight of rows by what they are and what was predicted: C x C doubles. C is the limit if there is one, else it grows with
 * the columns of the predictions and with the largest class.
 */
final class ClassTable {
    static final int MOST_CLASSES = 4096;

    private final int limit;
    private int size;
    private int stride;
    private double[] weights = {};
    /** The classes of rows of weight 0, which leave no other trace. */
    private boolean[] marked = {};

    private long rows;

    /**
     * An empty table.
     *
     * @param limit how many classes there are, so that rows labelled otherwise don't count; 0 to learn it, so that there are none
     */
    ClassTable(int limit) {
        this.limit = limit;
    }

    /** A table of no rows with the same limit. */
    ClassTable empty() {
        return new ClassTable(limit);
    }

    /** C. */
    int size() {
        return size;
    }

    boolean isLimited() {
        return limit > 0;
    }

    long rows() {
        return rows;
    }

    double weight(int label, int decision) {
        return weights[label * stride + decision];
    }

    /** Adds a batch of at least one row. */
    void update(MetricInput input) {
        int rowCount = input.rows();
        long[] labels = input.classLabels();
        long[] decisions = input.decisions();
        fit(leastSize(input.predictedClasses()));
        boolean open = limit == 0 && input.predictedClasses() == 0;
        int row = 0;
        while (row < rowCount) {
            row = input.hasWeights()
                    ? addWeighted(input.rowWeights(), row, rowCount, labels, decisions, open)
                    : addRows(row, rowCount, labels, decisions, open);
        }
        rows += rowCount;
    }

    /** What the number of classes is at least, by the predictions' columns. */
    private int leastSize(int columns) {
        if (limit > 0) {
            return limit;
        }
        if (columns > MOST_CLASSES) {
            throw new IllegalArgumentException("Invalid columns of predictions: " + columns + " (must be in [1, "
                    + MOST_CLASSES + "], as a confusion matrix has a number for each pair of classes)");
        }
        return Math.max(1, columns);
    }

    /** Adds rows up to the first one whose classes have no place yet, and says which that is. */
    private int addRows(int from, int rowCount, long[] labels, long[] decisions, boolean open) {
        if (size == 2 && from == 0 && addRowsOfTwo(rowCount, labels, decisions)) {
            return rowCount;
        }
        double[] table = weights;
        long last = size - 1L;
        for (int row = from; row < rowCount; row++) {
            long label = labels[row];
            long decision = decisions[row];
            if (areIn(label, decision, last)) {
                table[(int) label * stride + (int) decision]++;
            } else if (makesRoom(label, decision, row, open)) {
                return row;
            }
        }
        return rowCount;
    }

    /** By sums, which take half the time of cells that each wait for their last value; false if there are other classes. */
    private boolean addRowsOfTwo(int rowCount, long[] labels, long[] decisions) {
        long bits = 0;
        long actual = 0;
        long predicted = 0;
        long right = 0;
        for (int row = 0; row < rowCount; row++) {
            bits |= labels[row] | decisions[row];
            actual += labels[row];
            predicted += decisions[row];
            right += labels[row] & decisions[row];
        }
        if (bits >> 1 != 0) {
            return false;
        }
        weights[0] += rowCount - actual - predicted + right;
        weights[1] += predicted - right;
        weights[stride] += actual - right;
        weights[stride + 1] += right;
        return true;
    }

    /** Does so with weights, and marks the classes of rows without weight, which leave no other trace. */
    private int addWeighted(
            double[] rowWeights, int from, int rowCount, long[] labels, long[] decisions, boolean open) {
        double[] table = weights;
        long last = size - 1L;
        for (int row = from; row < rowCount; row++) {
            long label = labels[row];
            long decision = decisions[row];
            if (areIn(label, decision, last)) {
                table[(int) label * stride + (int) decision] += rowWeights[row];
                if (!(rowWeights[row] > 0)) {
                    marked[(int) label] = true;
                    marked[(int) decision] = true;
                }
            } else if (makesRoom(label, decision, row, open)) {
                return row;
            }
        }
        return rowCount;
    }

    /** Whether both are in [0, last], in one comparison. */
    private static boolean areIn(long label, long decision, long last) {
        return (label | decision | (last - label) | (last - decision)) >= 0;
    }

    /** Makes room for a row's classes if it may, passes over a label that isn't among a limited number, or throws. */
    private boolean makesRoom(long label, long decision, int row, boolean open) {
        if (open) {
            fit(1
                    + Math.max(
                            ClassRange.checked(label, row, MOST_CLASSES),
                            ClassRange.checked(decision, row, MOST_CLASSES)));
            return true;
        }
        if (decision < 0 || decision >= size) {
            throw new IllegalArgumentException("Invalid predicted class: " + decision + " in row " + row
                    + " of a batch (must be in [0, " + size + "))");
        }
        if (limit == 0) {
            ClassRange.checked(label, row, size);
        }
        return false;
    }

    /** Makes room for classes; none is lost. */
    private void fit(int classes) {
        if (classes > stride) {
            int newStride = Math.max(classes, Math.min(MOST_CLASSES, 2 * stride));
            double[] wider = new double[newStride * newStride];
            for (int label = 0; label < size; label++) {
                System.arraycopy(weights, label * stride, wider, label * newStride, size);
            }
            weights = wider;
            marked = Arrays.copyOf(marked, newStride);
            stride = newStride;
        }
        size = Math.max(size, classes);
    }

    /** Adds what another table has counted. */
    void add(ClassTable other) {
        fit(other.size);
        for (int label = 0; label < other.size; label++) {
            for (int decision = 0; decision < other.size; decision++) {
                weights[label * stride + decision] += other.weight(label, decision);
            }
        }
        for (int label = 0; label < other.size; label++) {
            marked[label] |= other.marked[label];
        }
        rows = Math.addExact(rows, other.rows);
    }

    /** The same rows, class by class. */
    Outcomes outcomes() {
        double[] right = new double[size];
        double[] predicted = new double[size];
        double[] actual = new double[size];
        for (int label = 0; label < size; label++) {
            right[label] = weight(label, label);
            for (int decision = 0; decision < size; decision++) {
                actual[label] += weight(label, decision);
                predicted[decision] += weight(label, decision);
            }
        }
        boolean[] occurs = new boolean[size];
        for (int label = 0; label < size; label++) {
            occurs[label] = marked[label] || actual[label] > 0 || predicted[label] > 0;
        }
        return new Outcomes(
                right, predicted, actual, occurs, Arrays.stream(predicted).sum(), false);
    }

    void write(StateOutput output) {
        output.writeLong(rows);
        output.writeInt(size);
        for (int label = 0; label < size; label++) {
            output.writeDoubles(Arrays.copyOfRange(weights, label * stride, label * stride + size), size);
        }
        int words = words(size);
        output.writeLongs(Arrays.copyOf(occurring().toLongArray(), words), words);
    }

    /** All classes that have been seen, so that the bytes don't say in which batches there were weights. */
    private BitSet occurring() {
        BitSet occurring = new BitSet();
        IntStream.of(outcomes().occurring()).forEach(occurring::set);
        return occurring;
    }

    static ClassTable read(int limit, StateInput input) {
        ClassTable table = new ClassTable(limit);
        table.rows = input.readLong();
        int size = input.readInt();
        int most = limit > 0 ? limit : MOST_CLASSES;
        input.check(size >= 0 && size <= most, "bad number of classes", size, "0 to " + most);
        table.weights = input.readDoubles(size * size);
        table.stride = size;
        table.size = size;
        table.marked = new boolean[size];
        BitSet occurring = BitSet.valueOf(input.readLongs(words(size)));
        input.check(occurring.length() <= size, "bad set of classes", occurring, "below " + size);
        occurring.stream().forEach(label -> table.marked[label] = true);
        return table;
    }

    private static int words(int bits) {
        return (bits + Long.SIZE - 1) / Long.SIZE;
    }
}
