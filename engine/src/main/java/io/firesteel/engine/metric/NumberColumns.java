package io.firesteel.engine.metric;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A table (rows, columns) in row order, or nothing: a copy, since metrics read each value one or more times, and an array's
 * values cost a fraction of a buffer's. float32 stays as it is until it is read: each value is the same as a double.
 */
final class NumberColumns {
    private final String what;
    private float[] floats = {};
    private double[] doubles = {};
    private boolean wide;
    private int columns;

    NumberColumns(String what) {
        this.what = what;
    }

    void clear() {
        columns = 0;
    }

    void set(FloatBuffer values, int rows, int newColumns) {
        int expected = check(values.remaining(), rows, newColumns);
        if (floats.length < expected) {
            floats = new float[expected];
        }
        values.get(values.position(), floats, 0, expected);
        wide = false;
        columns = newColumns;
    }

    void set(double[] values, int rows, int newColumns) {
        int expected = check(values.length, rows, newColumns);
        doubles = Arrays.copyOf(values, expected);
        wide = true;
        columns = newColumns;
    }

    private int check(int elements, int rows, int newColumns) {
        if (newColumns <= 0) {
            throw new IllegalArgumentException("Invalid columns of " + what + ": " + newColumns + " (must be > 0)");
        }
        long expected = (long) rows * newColumns;
        if (elements != expected) {
            throw new IllegalArgumentException("Invalid " + what + ": " + elements + " elements (must be " + expected
                    + ", rows " + rows + " x columns " + newColumns + ")");
        }
        return (int) expected;
    }

    boolean isSet() {
        return columns > 0;
    }

    int columns() {
        checkSet();
        return columns;
    }

    double value(int row, int column) {
        checkSet();
        int index = row * columns + column;
        return wide ? doubles[index] : floats[index];
    }

    private void checkSet() {
        if (columns == 0) {
            throw missing(what);
        }
    }

    static IllegalStateException missing(String what) {
        return new IllegalStateException("Cannot read " + what + ": the batch has none");
    }
}
