package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** Int64 numbers. */
final class LongNumbers extends Numbers<LongBuffer> {
    private final long[] left = new long[BLOCK];
    private final long[] right = new long[BLOCK];

    LongNumbers(ReduceOperator operator) {
        super(NumberType.INT64, operator);
    }

    @Override
    ByteOrder order(LongBuffer buffer) {
        return buffer.order();
    }

    @Override
    LongBuffer slice(LongBuffer buffer) {
        return buffer.slice();
    }

    @Override
    public LongBuffer view(ByteBuffer wire) {
        return wire.asLongBuffer();
    }

    @Override
    public void copy(LongBuffer source, int from, LongBuffer target, int at, int count) {
        target.put(at, source, from, count);
    }

    @Override
    void combine(LongBuffer a, int from, LongBuffer b, int next, LongBuffer target, int at, int count) {
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
    void divide(LongBuffer values, int divisor) {
        for (int i = 0; i < values.limit(); i++) {
            values.put(i, values.get(i) / divisor);
        }
    }
}
