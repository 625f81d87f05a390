package io.firesteel.engine.metric;

import java.nio.FloatBuffer;

/**
 * A table (rows, columns) in row order, or nothing: a copy, since metrics read each value one or more times, and an array's
 * values cost a fraction of a buffer's. float32 stays as it is until it is read: each value is the same as a double.
 */
final class NumberColumns {
    private final String what;
    private float[] floats = {};
    private double[] doubles = {};
    private boolean wide;
    private int widened;
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
        widened = 0;
        columns = newColumns;
    }

    void set(double[] values, int rows, int newColumns) {
        int expected = check(values.length, rows, newColumns);
        if (doubles.length < expected) {
            doubles = new double[expected];
        }
        System.arraycopy(values, 0, doubles, 0, expected);
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

    /** The column of a row's largest value: of equal ones the lowest, where NaN counts as larger than any number. */
    int largest(int row) {
        checkSet();
        return wide ? largest(doubles, row * columns, columns) : largest(floats, row * columns, columns);
    }

    /** {@link #largest(int)} of each row. */
    void largest(int rows, long[] into) {
        checkSet();
        for (int row = 0; row < rows; row++) {
            into[row] = wide ? largest(doubles, row * columns, columns) : largest(floats, row * columns, columns);
        }
    }

    /** 1 for each row whose value, the only one, is over a threshold, 0 for others. */
    void above(float threshold, int rows, long[] into) {
        checkSet();
        if (wide) {
            for (int row = 0; row < rows; row++) {
                into[row] = doubles[row] > threshold ? 1 : 0;
            }
        } else {
            for (int row = 0; row < rows; row++) {
                into[row] = floats[row] > threshold ? 1 : 0;
            }
        }
    }

    /** Each row's only value as a class; false, and classes of no use, if one of them isn't a whole number &gt;= 0. */
    boolean wholeClasses(int rows, long[] into) {
        checkSet();
        return columns == 1 && (wide ? whole(doubles, rows, into) : whole(floats, rows, into));
    }

    private static boolean whole(float[] values, int rows, long[] into) {
        long signs = 0;
        for (int row = 0; row < rows; row++) {
            long whole = (long) values[row];
            into[row] = whole;
            signs |= whole | (whole == values[row] ? 0 : Long.MIN_VALUE);
        }
        return signs >= 0;
    }

    private static boolean whole(double[] values, int rows, long[] into) {
        long signs = 0;
        for (int row = 0; row < rows; row++) {
            long whole = (long) values[row];
            into[row] = whole;
            signs |= whole | (whole == values[row] ? 0 : Long.MIN_VALUE);
        }
        return signs >= 0;
    }

    /** The first values as doubles, in an array that isn't to be changed; made once for all that ask. */
    double[] first(int count) {
        checkSet();
        if (!wide && widened < count) {
            if (doubles.length < count) {
                doubles = new double[count];
            }
            for (int i = 0; i < count; i++) {
                doubles[i] = floats[i];
            }
            widened = count;
        }
        return doubles;
    }

    private static int largest(float[] values, int from, int count) {
        int best = 0;
        float most = values[from];
        for (int i = 1; i < count; i++) {
            float value = values[from + i];
            if (!(value <= most) && !Float.isNaN(most)) {
                most = value;
                best = i;
            }
        }
        return best;
    }

    private static int largest(double[] values, int from, int count) {
        int best = 0;
        double most = values[from];
        for (int i = 1; i < count; i++) {
            double value = values[from + i];
            if (!(value <= most) && !Double.isNaN(most)) {
                most = value;
                best = i;
            }
        }
        return best;
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
