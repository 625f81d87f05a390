package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/** Float64 numbers. */
final class DoubleNumbers extends Numbers<DoubleBuffer> {
    private final double[] left = new double[BLOCK];
    private final double[] right = new double[BLOCK];

    DoubleNumbers(ReduceOperator operator) {
        super(NumberType.FLOAT64, operator);
    }

    @Override
    ByteOrder order(DoubleBuffer buffer) {
        return buffer.order();
    }

    @Override
    DoubleBuffer slice(DoubleBuffer buffer) {
        return buffer.slice();
    }

    @Override
    public DoubleBuffer view(ByteBuffer wire) {
        return wire.asDoubleBuffer();
    }

    @Override
    public void copy(DoubleBuffer source, int from, DoubleBuffer target, int at, int count) {
        target.put(at, source, from, count);
    }

    @Override
    void combine(DoubleBuffer a, int from, DoubleBuffer b, int next, DoubleBuffer target, int at, int count) {
        for (int done = 0; done < count; done += BLOCK) {
            int length = Math.min(BLOCK, count - done);
            a.get(from + done, left, 0, length);
            b.get(next + done, right, 0, length);
            combine(length);
            target.put(at + done, left, 0, length);
        }
    }

    /** One loop for each operator, which the compiler vectorises. */
    private void combine(int length) {
        switch (operator().pairwise()) {
            case MIN -> {
                for (int i = 0; i < length; i++) {
                    left[i] = Math.min(left[i], right[i]);
                }
            }
            case MAX -> {
                for (int i = 0; i < length; i++) {
                    left[i] = Math.max(left[i], right[i]);
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    left[i] += right[i];
                }
            }
        }
    }

    @Override
    void divide(DoubleBuffer values, int divisor) {
        for (int i = 0; i < values.limit(); i++) {
            values.put(i, values.get(i) / divisor);
        }
    }
}
