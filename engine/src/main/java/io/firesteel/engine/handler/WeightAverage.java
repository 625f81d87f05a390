package io.firesteel.engine.handler;

import io.firesteel.engine.event.StateDict;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * An average of a model's weights, in an array of the same layout, and how often it was updated. The same calls give the same bits
 * on every machine.
 */
final class WeightAverage {
    private static final int CHUNK = 4096;
    private static final int VERSION = 1;
    private static final String UPDATES = "updates";
    private static final String AVERAGE = "average";

    private final String what;
    private final Weights weights;
    private final Buffers buffers;
    private final float[] chunk = new float[CHUNK];
    private long updates;

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

    long updates() {
        return updates;
    }

    /** Begins without an average: the first update takes the weights as they are. */
    void clear() {
        requireOwnWeights("begin");
        average = null;
        updates = 0;
    }

    /** Begins with the weights as they are. */
    void begin() {
        clear();
        average = read();
    }

    /**
     * Moves the average towards the weights.
     *
     * @param share of the weights in the new average, in (0, 1]
     */
    void update(double share) {
        requireOwnWeights("update");
        updates++;
        if (isEmpty()) {
            average = read();
            return;
        }
        FloatBuffer source = weights.floats().duplicate();
        int blended = buffers == Buffers.AVERAGED ? average.length : weights.trainable();
        for (int from = 0; from < blended; from += CHUNK) {
            int count = Math.min(CHUNK, blended - from);
            source.get(chunk, 0, count);
            blend(from, count, (float) share);
        }
        source.get(average, blended, average.length - blended);
    }

    /** In float32, which the compiler vectorizes: a sixth of the time of doubles. An average of equal weights stays what they are. */
    private void blend(int from, int count, float share) {
        float[] target = average;
        float[] source = chunk;
        for (int i = 0; i < count; i++) {
            float old = target[from + i];
            target[from + i] = old + share * (source[i] - old);
        }
    }

    StateDict state() {
        return StateDict.builder(VERSION)
                .put(UPDATES, updates)
                .put(AVERAGE, isEmpty() ? new float[0] : average)
                .build();
    }

    void restore(StateDict saved) {
        requireOwnWeights("restore");
        saved.require(VERSION, UPDATES, AVERAGE);
        long count = saved.longValue(UPDATES);
        Valid.notNegative(UPDATES, count);
        float[] floats = saved.floats(AVERAGE);
        boolean begun = count > 0 || floats.length > 0;
        int size = weights.floats().remaining();
        if (begun && floats.length != size) {
            throw new IllegalArgumentException("Cannot restore the " + what + " of the weights: it has " + floats.length
                    + " floats (expected " + size + ", as the model)");
        }
        average = begun ? floats : null;
        updates = count;
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
