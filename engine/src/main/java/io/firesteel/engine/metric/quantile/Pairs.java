package io.firesteel.engine.metric.quantile;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/** Pairs of a prediction and a target, with weights and hashes, in arrays that grow. */
final class Pairs {
    private static final int FIRST_SIZE = 8;
    private static final long ODD = 0x9e3779b97f4a7c15L;

    private long[] hashes = {};
    private double[] predictions = {};
    private double[] targets = {};
    private double[] weights = {};
    private int size;

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014) over the bits of both numbers; not negative. */
    static long hash(double prediction, double target) {
        long first = mixed(Double.doubleToRawLongBits(prediction) + ODD);
        return mixed((first ^ Double.doubleToRawLongBits(target)) + ODD) >>> 1;
    }

    private static long mixed(long bits) {
        long once = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }

    void add(long hash, double prediction, double target, double weight) {
        if (size == hashes.length) {
            resize(Math.max(FIRST_SIZE, Math.addExact(size, size >> 1)));
        }
        hashes[size] = hash;
        predictions[size] = prediction;
        targets[size] = target;
        weights[size] = weight;
        size++;
    }

    private void resize(int capacity) {
        hashes = Arrays.copyOf(hashes, capacity);
        predictions = Arrays.copyOf(predictions, capacity);
        targets = Arrays.copyOf(targets, capacity);
        weights = Arrays.copyOf(weights, capacity);
    }

    int size() {
        return size;
    }

    long hash(int index) {
        return hashes[index];
    }

    double prediction(int index) {
        return predictions[index];
    }

    double target(int index) {
        return targets[index];
    }

    double weight(int index) {
        return weights[index];
    }

    double[] predictions() {
        return Arrays.copyOf(predictions, size);
    }

    double[] targets() {
        return Arrays.copyOf(targets, size);
    }

    double[] weights() {
        return Arrays.copyOf(weights, size);
    }

    /** Sorts by hash and makes equal pairs one, with the sum of their weights. */
    void unite() {
        int[] order = ((Order) this::isBefore).sort(size);
        Pairs united = new Pairs();
        united.resize(size);
        for (int i : order) {
            int last = united.size - 1;
            if (last >= 0 && united.predictions[last] == predictions[i] && united.targets[last] == targets[i]) {
                united.weights[last] += weights[i];
            } else {
                united.add(hashes[i], predictions[i], targets[i], weights[i]);
            }
        }
        hashes = united.hashes;
        predictions = united.predictions;
        targets = united.targets;
        weights = united.weights;
        size = united.size;
    }

    private boolean isBefore(int a, int b) {
        if (hashes[a] != hashes[b]) {
            return hashes[a] < hashes[b];
        }
        if (predictions[a] != predictions[b]) {
            return predictions[a] < predictions[b];
        }
        return targets[a] < targets[b];
    }

    /** Drops all after the first ones. */
    void truncate(int most) {
        size = Math.min(size, most);
    }

    void write(StateOutput output) {
        output.writeInt(size);
        output.writeDoubles(predictions, size);
        output.writeDoubles(targets, size);
        output.writeDoubles(weights, size);
    }

    static Pairs read(StateInput input) {
        int count = input.readCount(3 * Double.BYTES);
        double[] predictions = input.readDoubles(count);
        double[] targets = input.readDoubles(count);
        double[] weights = input.readDoubles(count);
        Pairs read = new Pairs();
        for (int i = 0; i < count; i++) {
            read.add(hash(predictions[i], targets[i]), predictions[i], targets[i], weights[i]);
        }
        return read;
    }
}
