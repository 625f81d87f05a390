package io.firesteel.engine.metric.image;

/**
 * The singular values of a matrix, without its vectors: reflections make it bidiagonal (Golub and Kahan, <a
 * href="https://doi.org/10.1137/0702016">Calculating the Singular Values and Pseudo-Inverse of a Matrix</a>), and bisection
 * finds the values, each to the last bits of the largest. They are found directly, not as roots of eigenvalues of a square,
 * which would lose half of the digits of the small ones.
 */
final class SingularValues {
    private static final double PRECISION = 0x1p-54;
    private static final double TINY = 0x1p-500;

    private final double[][] matrix;
    private final int columns;
    /** By turns the diagonal and what is beside it; squared in the end. */
    private final double[] band;

    private SingularValues(double[][] matrix, int columns) {
        this.matrix = matrix;
        this.columns = columns;
        band = new double[2 * columns - 1];
    }

    /**
     * Their sum.
     *
     * @param matrix of rows of equal length; not changed
     */
    static double sum(double[][] matrix) {
        if (matrix.length == 0 || matrix[0].length == 0) {
            return 0;
        }
        boolean tall = matrix.length >= matrix[0].length;
        double[][] copy = tall ? copy(matrix) : transposed(matrix);
        return new SingularValues(copy, copy[0].length).sum();
    }

    private static double[][] copy(double[][] matrix) {
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    private double sum() {
        for (int k = 0; k < columns; k++) {
            band[2 * k] = reflectColumn(k);
            if (k + 1 < columns) {
                band[2 * k + 1] = reflectRow(k);
            }
        }
        double bound = bound();
        for (int i = 0; i < band.length; i++) {
            band[i] *= band[i];
        }
        double sum = 0;
        for (int k = 0; k < columns && bound > 0; k++) {
            bound = value(k, bound);
            sum += bound;
        }
        return sum;
    }

    /** Makes column k zero below the diagonal, and says what is on it. */
    private double reflectColumn(int k) {
        double norm = 0;
        for (int i = k; i < matrix.length; i++) {
            norm = Math.hypot(norm, matrix[i][k]);
        }
        if (norm == 0) {
            return 0;
        }
        double factor = 1 / (norm * (norm + Math.abs(matrix[k][k])));
        matrix[k][k] += Math.copySign(norm, matrix[k][k]);
        double[] sums = new double[columns];
        for (int i = k; i < matrix.length; i++) {
            subtract(sums, matrix[i], -matrix[i][k], k + 1);
        }
        for (int i = k; i < matrix.length; i++) {
            subtract(matrix[i], sums, factor * matrix[i][k], k + 1);
        }
        return norm;
    }

    /** Makes row k zero right of the element beside the diagonal, and says what that is. */
    private double reflectRow(int k) {
        double[] row = matrix[k];
        double norm = 0;
        for (int j = k + 1; j < columns; j++) {
            norm = Math.hypot(norm, row[j]);
        }
        if (norm == 0) {
            return 0;
        }
        double factor = 1 / (norm * (norm + Math.abs(row[k + 1])));
        row[k + 1] += Math.copySign(norm, row[k + 1]);
        for (int i = k + 1; i < matrix.length; i++) {
            double dot = 0;
            for (int j = k + 1; j < columns; j++) {
                dot += row[j] * matrix[i][j];
            }
            subtract(matrix[i], row, factor * dot, k + 1);
        }
        return norm;
    }

    private static void subtract(double[] from, double[] what, double factor, int first) {
        for (int j = first; j < from.length; j++) {
            from[j] -= factor * what[j];
        }
    }

    /** At least the largest: the largest sum of neighbours in the band. */
    private double bound() {
        double bound = 0;
        for (int i = 0; i < band.length; i++) {
            bound = Math.max(bound, band[i] + (i == 0 ? 0 : band[i - 1]));
        }
        return bound;
    }

    /** The value that k others exceed, which is at most {@code high}. */
    private double value(int k, double high) {
        double low = 0;
        double top = high;
        double width = PRECISION * bandNorm();
        while (top - low > width) {
            double middle = low + (top - low) / 2;
            if (middle <= low || middle >= top) {
                break;
            }
            if (above(middle) > k) {
                low = middle;
            } else {
                top = middle;
            }
        }
        return top;
    }

    private double bandNorm() {
        double largest = 0;
        for (double square : band) {
            largest = Math.max(largest, square);
        }
        return Math.sqrt(largest);
    }

    /**
     * How many values exceed x: the band, as the neighbours of a diagonal of zeros, has eigenvalues that are the singular
     * values and their negatives, and Sturm's sequence counts those below x.
     */
    private int above(double x) {
        int below = 0;
        double pivot = -x;
        for (int i = 0; ; i++) {
            below += pivot < 0 ? 1 : 0;
            if (i == band.length) {
                return 2 * columns - below;
            }
            double divisor = pivot == 0 ? TINY : pivot;
            pivot = -x - band[i] / divisor;
        }
    }
}
