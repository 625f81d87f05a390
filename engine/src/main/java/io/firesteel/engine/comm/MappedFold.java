package io.firesteel.engine.comm;

import java.nio.FloatBuffer;

/**
 * The left fold of vectors in rank order, read where they lie and written over this rank's own, which is one of them. Block after
 * block, so that the sum of several is in the nearest cache until the last one is added; one of two goes straight to its place.
 */
final class MappedFold {
    /** Of two vectors nothing has to stay in a cache; calls cost something. */
    private static final int BLOCK_OF_TWO = 8 * Numbers.BLOCK;

    private final FloatNumbers numbers;
    private final FloatBuffer[] vectors;
    private final int own;
    private final int block;

    /**
     * A fold of vectors, by rank, that have to be there when {@link #fold} is called.
     *
     * @param own the rank whose vector gets the sum
     */
    MappedFold(FloatNumbers numbers, FloatBuffer[] vectors, int own) {
        this.numbers = numbers;
        this.vectors = vectors;
        this.own = own;
        block = vectors.length == 2 ? BLOCK_OF_TWO : Numbers.BLOCK;
    }

    /** Sums elements [from, from + count). */
    void fold(int from, int count) {
        for (int done = 0; done < count; done += block) {
            foldBlock(from + done, Math.min(block, count - done));
        }
    }

    /** This rank's vector is written over as soon as it has been read, and not before. */
    private void foldBlock(int from, int count) {
        FloatBuffer sum = vectors[0];
        int sumAt = from;
        for (int next = 1; next < vectors.length; next++) {
            FloatBuffer target = next < own ? numbers.scratch(block) : vectors[own];
            int targetAt = next < own ? 0 : from;
            numbers.combine(sum, sumAt, vectors[next], from, target, targetAt, count);
            sum = target;
            sumAt = targetAt;
        }
    }
}
