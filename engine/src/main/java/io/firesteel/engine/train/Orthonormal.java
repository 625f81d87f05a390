package io.firesteel.engine.train;

/** Makes the columns of a matrix orthonormal, one after the other (Gram and Schmidt, modified), in float64. */
final class Orthonormal {
    /** What is left of a column that depends on those before it is rounding alone. */
    private static final double DEPENDENT = 1e-6;

    private Orthonormal() {}

    /**
     * Works in place. A column that the ones before it span, or that is zero, becomes zero.
     *
     * @param values column by column
     * @param rows length of a column
     * @param columns how many
     */
    static void columns(float[] values, int rows, int columns) {
        double[][] done = new double[columns][];
        for (int column = 0; column < columns; column++) {
            double[] vector = new double[rows];
            for (int i = 0; i < rows; i++) {
                vector[i] = values[column * rows + i];
            }
            double before = norm(vector);
            for (int other = 0; other < column; other++) {
                add(done[other], -dot(done[other], vector), vector);
            }
            double length = norm(vector);
            scale(vector, length <= DEPENDENT * before ? 0 : 1 / length);
            done[column] = vector;
            for (int i = 0; i < rows; i++) {
                values[column * rows + i] = (float) vector[i];
            }
        }
    }

    private static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] source, double factor, double[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] += source[i] * factor;
        }
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }
}
