package io.firesteel.engine.comm;

import io.firesteel.engine.kernel.FloatKernels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Float32 numbers. */
final class FloatNumbers extends Numbers<FloatBuffer> {
    private static final FloatKernels KERNELS = FloatKernels.fastest();

    private final float[] left = new float[BLOCK];
    private final float[] right = new float[BLOCK];

    FloatNumbers(ReduceOperator operator) {
        super(NumberType.FLOAT32, operator);
    }

    @Override
    ByteOrder order(FloatBuffer buffer) {
        return buffer.order();
    }

    @Override
    FloatBuffer slice(FloatBuffer buffer) {
        return buffer.slice();
    }

    @Override
    public FloatBuffer view(ByteBuffer wire) {
        return wire.asFloatBuffer();
    }

    @Override
    public void copy(FloatBuffer source, int from, FloatBuffer target, int at, int count) {
        target.put(at, source, from, count);
    }

    @Override
    void combine(FloatBuffer a, int from, FloatBuffer b, int next, FloatBuffer target, int at, int count) {
        if (operator().pairwise() == ReduceOperator.SUM) {
            KERNELS.sum(a, from, b, next, target, at, count);
        } else {
            select(a, from, b, next, target, at, count);
        }
    }

    private void select(FloatBuffer a, int from, FloatBuffer b, int next, FloatBuffer target, int at, int count) {
        for (int done = 0; done < count; done += BLOCK) {
            int length = Math.min(BLOCK, count - done);
            a.get(from + done, left, 0, length);
            b.get(next + done, right, 0, length);
            select(length);
            target.put(at + done, left, 0, length);
        }
    }

    /** One loop for each operator, which the compiler vectorises. */
    private void select(int length) {
        if (operator() == ReduceOperator.MIN) {
            for (int i = 0; i < length; i++) {
                left[i] = Math.min(left[i], right[i]);
            }
        } else {
            for (int i = 0; i < length; i++) {
                left[i] = Math.max(left[i], right[i]);
            }
        }
    }

    @Override
    void divide(FloatBuffer values, int divisor) {
        for (int i = 0; i < values.limit(); i++) {
            values.put(i, values.get(i) / divisor);
        }
    }
}
