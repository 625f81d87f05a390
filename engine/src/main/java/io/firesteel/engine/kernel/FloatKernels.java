package io.firesteel.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Elementwise float32 arithmetic over large memory. All implementations give the same bits (the payload of a NaN aside).
 * Indices count from the start of a buffer, whatever its position, and end at its limit; positions stay where they are.
 * Any buffer will do, direct ones in native byte order are fast. Parts that are read and written must be the same elements
 * or not overlap. Thread-safe: a call works on its arguments alone.
 */
public interface FloatKernels {
    /** The fastest loops that this JVM can run. */
    static FloatKernels fastest() {
        return Loaded.FASTEST;
    }

    /**
     * {@code target[to + i] += source[from + i]} for {@code i < count}.
     *
     * @throws IndexOutOfBoundsException if a part reaches beyond its buffer's limit; nothing has changed
     */
    void add(FloatBuffer source, int from, FloatBuffer target, int to, int count);

    /**
     * {@code target[to + i] += source[from + 4 i]} for {@code i < count}, where the source's floats are in native byte order,
     * whatever the buffer's own.
     *
     * @param from first byte of the source; need not be aligned
     * @param count floats
     * @throws IndexOutOfBoundsException if a part reaches beyond its buffer's limit; nothing has changed
     */
    void add(ByteBuffer source, int from, FloatBuffer target, int to, int count);

    /**
     * {@code target[to + i] = a[aFrom + i] + b[bFrom + i]} for {@code i < count}.
     *
     * @throws IndexOutOfBoundsException if a part reaches beyond its buffer's limit; nothing has changed
     */
    void sum(FloatBuffer a, int aFrom, FloatBuffer b, int bFrom, FloatBuffer target, int to, int count);

    /**
     * The sum of the squares of the elements in [from, to), in double precision: square {@code i} is added to partial sum
     * {@code i mod 16}, counted from {@code from}, and the partial sums are added in order. Each square is exact.
     *
     * @throws IndexOutOfBoundsException if the part reaches beyond the array
     */
    double sumOfSquares(float[] values, int from, int to);

    /** Chosen once, when first asked for. */
    final class Loaded {
        private static final FloatKernels FASTEST =
                IncubatorModule.load(FloatKernels.class, "VectorKernels").orElseGet(PlainKernels::new);

        private Loaded() {}
    }
}
