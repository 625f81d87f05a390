package io.firesteel.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * Loops over arrays, which the JIT compiler vectorises as it doesn't those over buffers: memory is copied to arrays that stay
 * in the processor's first cache, and back.
 */
final class PlainKernels implements FloatKernels {
    /** Partial sums of squares: enough of them to keep the processor's adders busy, and two or four vectors. */
    static final int PARTIAL_SUMS = 16;

    private static final int CHUNK = 4096;

    @Override
    public void add(FloatBuffer source, int from, FloatBuffer target, int to, int count) {
        sum(target, to, source, from, target, to, count);
    }

    @Override
    public void add(ByteBuffer source, int from, FloatBuffer target, int to, int count) {
        Objects.checkFromIndexSize(from, (long) count * Float.BYTES, source.limit());
        FloatBuffer floats = source.duplicate()
                .position(from)
                .slice()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        add(floats, 0, target, to, count);
    }

    @Override
    public void sum(FloatBuffer a, int aFrom, FloatBuffer b, int bFrom, FloatBuffer target, int to, int count) {
        Objects.checkFromIndexSize(aFrom, count, a.limit());
        Objects.checkFromIndexSize(bFrom, count, b.limit());
        Objects.checkFromIndexSize(to, count, target.limit());
        float[] sums = new float[Math.min(CHUNK, count)];
        float[] addends = new float[sums.length];
        for (int start = 0; start < count; start += CHUNK) {
            int size = Math.min(CHUNK, count - start);
            a.get(aFrom + start, sums, 0, size);
            b.get(bFrom + start, addends, 0, size);
            add(sums, addends, size);
            target.put(to + start, sums, 0, size);
        }
    }

    @Override
    public double sumOfSquares(float[] values, int from, int to) {
        Objects.checkFromToIndex(from, to, values.length);
        double[] sums = new double[PARTIAL_SUMS];
        addSquares(values, from, to, sums);
        return total(sums);
    }

    /** Adds squares to their partial sums, the first of them to the first one. */
    static void addSquares(float[] values, int from, int to, double[] sums) {
        for (int i = from; i < to; i++) {
            sums[(i - from) % PARTIAL_SUMS] += (double) values[i] * values[i];
        }
    }

    static double total(double[] sums) {
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return total;
    }

    private static void add(float[] sums, float[] addends, int size) {
        for (int i = 0; i < size; i++) {
            sums[i] += addends[i];
        }
    }
}
