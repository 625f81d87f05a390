package io.firesteel.engine.metric;

import java.nio.FloatBuffer;

/** A view of a buffer as a table (rows, columns) in row order, or nothing. */
final class FloatColumns {
    private final String what;
    private FloatBuffer values;
    private int start;
    private int columns;

    FloatColumns(String what) {
        this.what = what;
    }

    void clear() {
        values = null;
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
        values = newValues;
        start = newValues.position();
        columns = newColumns;
    }

    boolean isSet() {
        return values != null;
    }

    int columns() {
        checkSet();
        return columns;
    }

    float value(int row, int column) {
        checkSet();
        return values.get(start + row * columns + column);
    }

    private void checkSet() {
        if (values == null) {
            throw missing(what);
        }
    }

    static IllegalStateException missing(String what) {
        return new IllegalStateException("Cannot read " + what + ": the batch has none");
    }
}
