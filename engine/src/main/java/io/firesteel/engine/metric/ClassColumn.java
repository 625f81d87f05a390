package io.firesteel.engine.metric;

import java.nio.LongBuffer;

/** One class for each row, or nothing: a copy, and an array for all rows at once, since a buffer's elements cost several times as much. */
final class ClassColumn {
    private long[] values = {};
    private boolean set;

    void clear() {
        set = false;
    }

    void set(LongBuffer labels, int rows) {
        labels.get(labels.position(), room(rows), 0, rows);
        set = true;
    }

    boolean isSet() {
        return set;
    }

    long value(int row) {
        return values[row];
    }

    long[] values() {
        return values;
    }

    /** For classes that come from elsewhere. */
    long[] room(int rows) {
        if (values.length < rows) {
            values = new long[rows];
        }
        return values;
    }
}
