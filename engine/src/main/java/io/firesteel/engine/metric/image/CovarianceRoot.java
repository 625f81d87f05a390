package io.firesteel.engine.metric.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A matrix L with {@code L * L' = S} for a covariance S of any rank, by Cholesky's method with pivots (Higham, <a
 * href="https://doi.org/10.1002/wics.18">Cholesky factorization</a>): it stops where what is left is rounding.
 */
final class CovarianceRoot {
    private static final double EPSILON = Math.ulp(1.0);

    private final int size;
    private final double[] matrix;
    private final double[] left;
    private final List<double[]> columns = new ArrayList<>();

    /**
     * The root of a matrix.
     *
     * @param packed its upper triangle in rows, symmetric and positive semidefinite
     */
    CovarianceRoot(int size, double[] packed) {
        this.size = size;
        matrix = packed;
        left = new double[size];
        double largest = 0;
        for (int i = 0; i < size; i++) {
            left[i] = at(i, i);
            largest = Math.max(largest, left[i]);
        }
        double smallest = largest * EPSILON * size;
        for (int pivot = pivot(); left[pivot] > smallest; pivot = pivot()) {
            columns.add(column(pivot));
        }
    }

    private double at(int row, int column) {
        int low = Math.min(row, column);
        int high = Math.max(row, column);
        return matrix[(int) (low * (2L * size - low - 1) / 2) + high];
    }

    private int pivot() {
        int best = 0;
        for (int i = 1; i < size; i++) {
            best = left[i] > left[best] ? i : best;
        }
        return best;
    }

    private double[] column(int pivot) {
        double[] column = new double[size];
        for (int i = 0; i < size; i++) {
            column[i] = at(pivot, i);
        }
        for (double[] earlier : columns) {
            double factor = earlier[pivot];
            for (int i = 0; i < size; i++) {
                column[i] -= factor * earlier[i];
            }
        }
        scale(column, pivot);
        return column;
    }

    private void scale(double[] column, int pivot) {
        double root = Math.sqrt(left[pivot]);
        for (int i = 0; i < size; i++) {
            column[i] = left[i] == 0 ? 0 : column[i] / root;
            left[i] = Math.max(0, left[i] - column[i] * column[i]);
        }
        column[pivot] = root;
        left[pivot] = 0;
    }

    /** {@code A' * B} of two roots A and B: as many rows as A has columns. */
    double[][] times(CovarianceRoot other) {
        double[][] product = new double[columns.size()][other.columns.size()];
        for (int i = 0; i < product.length; i++) {
            double[] mine = columns.get(i);
            for (int j = 0; j < product[i].length; j++) {
                product[i][j] = dot(mine, other.columns.get(j));
            }
        }
        return product;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
