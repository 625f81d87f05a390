package io.firesteel.engine.metric;

import java.nio.FloatBuffer;

/**
 * A table (rows, columns) in row order, or nothing: a copy of a buffer, since metrics read each value one or more times, and an
 * array's values cost a fraction of a buffer's.
 */
final class FloatColumns {
    private final String what;
    private float[] values = {};
    private int columns;

    FloatColumns(String what) {
        this.what = what;
    }

    void clear() {
        columns = 0;
    }

    void set(FloatBuffer newValues, int rows, int newColumns) {
        if (newColumns <= 0) {
            throw new IllegalArgumentException("Invalid columns of " + what + ": " + newColumns + " (must be > 0)");
        }
        long expected = (long) rows * newColumns;
        if (newValues.remaining() != expected) {
            throw new IllegalArgumentException("Invalid " + what + ": " + newValues.remaining() + " elements (must be "
                    + expected + ", rows " + rows + " x columns " + newColumns + ")");
        }
        if (values.length < expected) {
            values = new float[(int) expected];
        }
        newValues.get(newValues.position(), values, 0, (int) expected);
        columns = newColumns;
    }

    boolean isSet() {
        return columns > 0;
    }

    int columns() {
        checkSet();
        return columns;
    }

    float value(int row, int column) {
        checkSet();
        return values[row * columns + column];
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
