package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements that an operator combines. Keeps memory for the sums on the way, so it belongs to one communicator's thread. */
abstract class Numbers<B extends Buffer> implements Elements<B> {
    /** Elements that go through heap arrays at a time: small enough that all of them stay in the nearest cache. */
    static final int BLOCK = 2048;

    private final NumberType type;
    private final ReduceOperator operator;
    private ByteBuffer scratch = ByteBuffer.allocateDirect(0);

    Numbers(NumberType type, ReduceOperator operator) {
        this.type = type;
        this.operator = operator;
    }

    /** {@code target = left op right}, element by element; the target may be one of both. */
    abstract void combine(B left, int l, B right, int r, B target, int t, int count);

    /** Divides every element by the number. */
    abstract void divide(B values, int divisor);

    /** Apart from the length, what the ranks must agree on: as it stands in a frame, never 0. */
    final int label() {
        return type.code(operator);
    }

    final ReduceOperator operator() {
        return operator;
    }

    abstract ByteOrder order(B buffer);

    /** A view from the position to the limit that starts at 0. */
    abstract B slice(B buffer);

    @Override
    public final int bytes() {
        return type.bytes();
    }

    /** Memory for so many elements, with any content; the same memory at every call. */
    final B scratch(int elements) {
        long size = (long) elements * type.bytes();
        if (scratch.capacity() < size) {
            scratch = ByteBuffer.allocateDirect(Math.toIntExact(size)).order(ByteOrder.nativeOrder());
        }
        return view(scratch);
    }

    /** Checks a buffer to be reduced and gives a view of it that starts at 0. */
    final B checked(String name, B buffer) {
        ByteOrder order = order(buffer);
        if (!buffer.isDirect() || !order.equals(ByteOrder.nativeOrder())) {
            throw new IllegalArgumentException(
                    "Cannot sum " + name + ": it is a " + (buffer.isDirect() ? "direct " : "heap ") + order
                            + " buffer (expected a direct one in native order, " + ByteOrder.nativeOrder() + ")");
        }
        return slice(buffer);
    }

    /** As {@link #checked}, of a buffer that will be written. */
    final B checkedTarget(String name, B buffer) {
        B view = checked(name, buffer);
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException(
                    "Cannot sum into " + name + ": it is read-only (expected a writable buffer)");
        }
        return view;
    }
}
