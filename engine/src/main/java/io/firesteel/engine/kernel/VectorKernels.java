package io.firesteel.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops over direct memory as it stands; other buffers go to the plain ones. */
final class VectorKernels implements FloatKernels {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    /**
     * Before the JIT has compiled a loop, a vector costs a thousand times what it costs after, and short loops are compiled
     * after tens of thousands of calls: they do without.
     */
    private static final int SHORT = 2048;

    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private final PlainKernels plain = new PlainKernels();

    @Override
    public void add(FloatBuffer source, int from, FloatBuffer target, int to, int count) {
        if (DirectView.canShow(source) && DirectView.canShow(target)) {
            ByteBuffer sums = DirectView.of(target, to, count);
            sum(sums, DirectView.of(source, from, count), sums, count);
        } else {
            plain.add(source, from, target, to, count);
        }
    }

    @Override
    public void add(ByteBuffer source, int from, FloatBuffer target, int to, int count) {
        if (source.isDirect() && DirectView.canShow(target)) {
            Objects.checkFromIndexSize(from, (long) count * Float.BYTES, source.limit());
            ByteBuffer sums = DirectView.of(target, to, count);
            sum(sums, DirectView.of(source, from, count * Float.BYTES), sums, count);
        } else {
            plain.add(source, from, target, to, count);
        }
    }

    @Override
    public void sum(FloatBuffer a, int aFrom, FloatBuffer b, int bFrom, FloatBuffer target, int to, int count) {
        if (DirectView.canShow(a) && DirectView.canShow(b) && DirectView.canShow(target)) {
            ByteBuffer aView = DirectView.of(a, aFrom, count);
            ByteBuffer bView = DirectView.of(b, bFrom, count);
            sum(aView, bView, DirectView.of(target, to, count), count);
        } else {
            plain.sum(a, aFrom, b, bFrom, target, to, count);
        }
    }

    @Override
    public double sumOfSquares(float[] values, int from, int to) {
        Objects.checkFromToIndex(from, to, values.length);
        return VectorSquares.isSupported() ? VectorSquares.sum(values, from, to) : plain.sumOfSquares(values, from, to);
    }

    private static void sum(ByteBuffer a, ByteBuffer b, ByteBuffer target, int count) {
        int vectors = count < SHORT ? 0 : LANES.loopBound(count);
        for (int i = 0; i < vectors; i += LANES.length()) {
            int at = i * Float.BYTES;
            FloatVector.fromByteBuffer(LANES, a, at, NATIVE)
                    .add(FloatVector.fromByteBuffer(LANES, b, at, NATIVE))
                    .intoByteBuffer(target, at, NATIVE);
        }
        for (int i = vectors; i < count; i++) {
            int at = i * Float.BYTES;
            target.putFloat(at, a.getFloat(at) + b.getFloat(at));
        }
    }
}
