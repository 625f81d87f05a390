package io.firesteel.engine.handler;

import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * An average of a model's weights in an array of the same layout. The same calls give the same bits on every machine.
 */
final class WeightAverage {
    private static final int CHUNK = 4096;

    private final String what;
    private final Weights weights;
    private final Buffers buffers;
    private final float[] chunk = new float[CHUNK];

    /** Null before the first. */
    private float[] average;

    /** The model's own weights while it computes with the average, or null. */
    private float[] own;

    /** @param what for messages */
    WeightAverage(String what, Weights weights, Buffers buffers) {
        this.what = what;
        this.weights = Objects.requireNonNull(weights, "weights");
        this.buffers = Objects.requireNonNull(buffers, "buffers");
    }

    boolean isEmpty() {
        return average == null;
    }

    void clear() {
        requireOwnWeights("begin");
        average = null;
    }

    /** Takes the weights as they are. */
    void copy() {
        requireOwnWeights("begin");
        average = read();
    }

    /**
     * Moves the average towards the weights.
     *
     * @param share of the weights in the new average, in (0, 1]
     */
    void update(double share) {
        requireOwnWeights("update");
        FloatBuffer source = weights.floats().duplicate();
        int blended = buffers == Buffers.AVERAGED ? average.length : weights.trainable();
        for (int from = 0; from < blended; from += CHUNK) {
            int count = Math.min(CHUNK, blended - from);
            source.get(chunk, 0, count);
            blend(from, count, share);
        }
        source.get(average, blended, average.length - blended);
    }

    /** Rounds once, so that an average of equal weights stays what they are. */
    private void blend(int from, int count, double share) {
        for (int i = 0; i < count; i++) {
            double old = average[from + i];
            average[from + i] = (float) (old + share * (chunk[i] - old));
        }
    }

    /** A copy; nothing where there is no average. */
    float[] toArray() {
        return isEmpty() ? new float[0] : average.clone();
    }

    /** Goes on from what {@link #toArray} gave. */
    void restore(float[] saved) {
        requireOwnWeights("restore");
        int size = weights.floats().remaining();
        if (saved.length > 0 && saved.length != size) {
            throw new IllegalArgumentException("Cannot restore the " + what + " of the weights: it has " + saved.length
                    + " floats (expected " + size + ", as the model)");
        }
        average = saved.length == 0 ? null : saved.clone();
    }

    Restoration swap() {
        requireOwnWeights("swap in");
        if (isEmpty()) {
            throw new IllegalStateException("Cannot swap in the " + what
                    + " of the weights: there is none yet (0 updates, expected at least 1)");
        }
        own = read();
        write(average);
        return this::swapBack;
    }

    private void swapBack() {
        if (own != null) {
            write(own);
            own = null;
        }
    }

    private float[] read() {
        FloatBuffer source = weights.floats().duplicate();
        float[] values = new float[source.remaining()];
        source.get(values);
        return values;
    }

    private void write(float[] values) {
        weights.floats().duplicate().put(values);
        weights.publish();
    }

    private void requireOwnWeights(String verb) {
        if (own != null) {
            throw new IllegalStateException("Cannot " + verb + " the " + what
                    + " of the weights: the model computes with it just now (expected the swap to be closed before)");
        }
    }
}
