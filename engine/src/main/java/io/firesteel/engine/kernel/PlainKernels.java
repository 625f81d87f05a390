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

    private static void add(float[] sums, float[] addends, int size) {
        for (int i = 0; i < size; i++) {
            sums[i] += addends[i];
        }
    }
}
