package io.firesteel.engine.metric.distribution;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/** Numbers with weights, each number as often as it came: 8 bytes each while all weights are 1, 16 with other weights. */
final class WeightedValues {
    private static final int FIRST_SIZE = 4;

    private double[] values = {};
    /** Null while all are 1. */
    private double[] weights;

    private int size;

    int size() {
        return size;
    }

    /** Whether all weights are 1. */
    boolean isCounts() {
        return weights == null;
    }

    double value(int index) {
        return values[index];
    }

    double weight(int index) {
        return weights == null ? 1 : weights[index];
    }

    void add(double value, double weight) {
        if (size == values.length) {
            resize(Math.max(FIRST_SIZE, Math.addExact(size, size >> 1)));
        }
        if (weight != 1 && weights == null) {
            weights = new double[values.length];
            Arrays.fill(weights, 0, size, 1);
        }
        values[size] = value;
        if (weights != null) {
            weights[size] = weight;
        }
        size++;
    }

    private void resize(int capacity) {
        values = Arrays.copyOf(values, capacity);
        weights = weights == null ? null : Arrays.copyOf(weights, capacity);
    }

    /** These and others, in new memory. */
    WeightedValues plus(WeightedValues other) {
        WeightedValues all = new WeightedValues();
        all.resize(Math.addExact(size, other.size));
        all.addAll(this);
        all.addAll(other);
        return all;
    }

    private void addAll(WeightedValues other) {
        for (int i = 0; i < other.size; i++) {
            add(other.values[i], other.weight(i));
        }
    }

    /** The same in order of value, then of weight, in new memory: equal for equal rows, whatever their order was. */
    WeightedValues sorted() {
        WeightedValues sorted = new WeightedValues();
        sorted.size = size;
        sorted.values = Arrays.copyOf(values, size);
        if (weights == null) {
            Arrays.sort(sorted.values);
            return sorted;
        }
        sorted.weights = Arrays.copyOf(weights, size);
        if (!sorted.isSorted()) {
            sorted.sortPairs();
        }
        return sorted;
    }

    private boolean isSorted() {
        for (int i = 1; i < size; i++) {
            if (isBefore(i, i - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Merges runs of 1, 2, 4, … pairs. */
    private void sortPairs() {
        double[] otherValues = new double[size];
        double[] otherWeights = new double[size];
        for (long run = 1; run < size; run *= 2) {
            for (long from = 0; from < size; from += 2 * run) {
                int middle = (int) Math.min(size, from + run);
                merge((int) from, middle, (int) Math.min(size, from + 2 * run), otherValues, otherWeights);
            }
            double[] swappedValues = values;
            double[] swappedWeights = weights;
            values = otherValues;
            weights = otherWeights;
            otherValues = swappedValues;
            otherWeights = swappedWeights;
        }
    }

    private void merge(int from, int middle, int to, double[] intoValues, double[] intoWeights) {
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft = right == to || (left < middle && !isBefore(right, left));
            int taken = takeLeft ? left++ : right++;
            intoValues[i] = values[taken];
            intoWeights[i] = weights[taken];
        }
    }

    private boolean isBefore(int a, int b) {
        return values[a] < values[b] || (values[a] == values[b] && weights[a] < weights[b]);
    }

    /** Writes them as they are; sort them first. */
    void write(StateOutput output) {
        output.writeInt(size);
        output.writeInt(weights == null ? 0 : 1);
        output.writeDoubles(values, size);
        if (weights != null) {
            output.writeDoubles(weights, size);
        }
    }

    static WeightedValues read(StateInput input) {
        WeightedValues read = new WeightedValues();
        read.size = input.readCount(1);
        int weighted = input.readInt();
        input.check(weighted == 0 || weighted == 1, "bad mark of weights", weighted, "0 or 1");
        read.values = input.readDoubles(read.size);
        read.weights = weighted == 1 ? input.readDoubles(read.size) : null;
        return read;
    }
}
