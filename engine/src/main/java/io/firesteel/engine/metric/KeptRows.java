package io.firesteel.engine.metric;

import java.util.Arrays;

/**
 * All numbers of all rows, in the order in which they came and were merged. Grows with the rows, 8 bytes a number, and holds none of
 * them any more as soon as there are too many: whether it does depends on the number of all merged rows only.
 */
final class KeptRows implements MetricState<KeptRows> {
    private final long limit;
    /** Null before the first row. */
    private RowShape shape;

    private double[] numbers = {};
    private long rows;

    /** @param limit how many numbers are kept at the most */
    KeptRows(long limit) {
        this.limit = limit;
    }

    void add(MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        shape = checked(RowShape.of(input));
        int used = isDropped() ? 0 : (int) rows * shape.width();
        rows += input.rows();
        if (isDropped()) {
            numbers = new double[0];
            return;
        }
        reserve((int) rows * shape.width());
        for (int row = 0; row < input.rows(); row++) {
            shape.pack(input, row, numbers, used + row * shape.width());
        }
    }

    private RowShape checked(RowShape other) {
        if (shape != null && !shape.equals(other)) {
            throw new IllegalArgumentException(
                    "Cannot keep rows: other numbers than before (" + other + ", expected " + shape + ")");
        }
        return other;
    }

    private void reserve(int count) {
        if (numbers.length < count) {
            numbers = Arrays.copyOf(numbers, (int) Math.min(limit, Math.max(count, 2L * numbers.length)));
        }
    }

    /** Whether there were more numbers than are kept. */
    boolean isDropped() {
        return shape != null && rows > most();
    }

    /** How many rows of this shape are kept. */
    long most() {
        return limit / shape.width();
    }

    /** All rows, none of them dropped, as one batch. */
    MetricInput batch() {
        return shape.unpack(numbers, (int) rows);
    }

    @Override
    public KeptRows plus(KeptRows other) {
        KeptRows merged = new KeptRows(limit);
        merged.shape = other.shape == null ? shape : checked(other.shape);
        merged.rows = Math.addExact(rows, other.rows);
        if (merged.shape != null && !merged.isDropped()) {
            int width = merged.shape.width();
            merged.numbers = Arrays.copyOf(numbers, (int) merged.rows * width);
            System.arraycopy(other.numbers, 0, merged.numbers, (int) rows * width, (int) other.rows * width);
        }
        return merged;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        output.writeLong(rows);
        if (shape != null) {
            shape.write(output);
            output.writeDoubles(numbers, isDropped() ? 0 : (int) rows * shape.width());
        }
    }

    static KeptRows read(long limit, StateInput input) {
        KeptRows state = new KeptRows(limit);
        state.rows = input.readLong();
        input.check(state.rows >= 0, "bad number of rows", state.rows, "0 or more");
        if (state.rows > 0) {
            state.shape = RowShape.read(input);
            state.numbers =
                    state.isDropped() ? state.numbers : input.readDoubles((int) state.rows * state.shape.width());
        }
        return state;
    }
}
