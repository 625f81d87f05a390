package io.firesteel.engine.comm;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * The left fold of one chunk: the first vector as it is, then one float32 addition per vector and element. Works on
 * arrays because the compiler vectorises a loop over two arrays with one index, and not one over buffers.
 */
final class Fold {
    private final float[] sum;
    private final float[] next;
    private boolean empty = true;

    Fold(int chunkElements) {
        sum = new float[chunkElements];
        next = new float[chunkElements];
    }

    int chunkElements() {
        return sum.length;
    }

    /** Starts over. */
    void clear() {
        empty = true;
    }

    void add(FloatBuffer source, int from, int length) {
        if (empty) {
            source.get(from, sum, 0, length);
            empty = false;
            return;
        }
        source.get(from, next, 0, length);
        for (int i = 0; i < length; i++) {
            sum[i] += next[i];
        }
    }

    void store(FloatBuffer target, int from, int length) {
        target.put(from, sum, 0, length);
    }

    /** The whole fold where all contributions are here; at least one of them, all as long as the result. */
    void foldAll(List<FloatBuffer> contributions, FloatBuffer result) {
        for (int from = 0; from < result.limit(); from += sum.length) {
            int length = Math.min(sum.length, result.limit() - from);
            clear();
            for (FloatBuffer contribution : contributions) {
                add(contribution, from, length);
            }
            store(result, from, length);
        }
    }
}
