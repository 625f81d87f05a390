package io.firesteel.spark.decide;

import java.io.Serializable;
import java.util.Arrays;

/** Rows of a fixed number of float64 columns, in row order; of 0 columns it takes no memory. */
final class NumberTable implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int FIRST_ROWS = 256;

    private final int columns;
    private double[] values = {};

    NumberTable(int columns) {
        this.columns = columns;
    }

    int columns() {
        return columns;
    }

    double value(int row, int column) {
        return values[row * columns + column];
    }

    void set(int row, int column, double value) {
        int needed = (row + 1) * columns;
        if (needed > values.length) {
            values = Arrays.copyOf(values, Math.max(needed + needed / 2, FIRST_ROWS * columns));
        }
        values[row * columns + column] = value;
    }

    /** Copies a row over another one of this table. */
    void move(int from, int to) {
        System.arraycopy(values, from * columns, values, to * columns, columns);
    }

    /** Adds the first rows of another table behind the first ones of this one. */
    void append(int rows, NumberTable other, int otherRows) {
        values = Arrays.copyOf(values, (rows + otherRows) * columns);
        System.arraycopy(other.values, 0, values, rows * columns, otherRows * columns);
    }

    void trim(int rows) {
        values = Arrays.copyOf(values, rows * columns);
    }

    /** Some rows in an order of their own, row after row. */
    double[] rows(int[] order) {
        double[] chosen = new double[order.length * columns];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(values, order[i] * columns, chosen, i * columns, columns);
        }
        return chosen;
    }
}
