package io.firesteel.engine.train;

import io.firesteel.engine.model.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A matrix M (n, m) in the flat memory, row by row, and its factors P (n, r) and Q (m, r), column by column. */
final class LowRankMatrix {
    /** Factors must take at most 1 / this of the matrix. */
    private static final int MIN_GAIN = 2;

    private final int from;
    private final int rows;
    private final int columns;
    private final int rank;
    private final long seed;
    private final float[] left;
    private final float[] right;
    private final float[] row;
    private final float[] factor;

    private LowRankMatrix(int from, int rows, int columns, int rank, long seed) {
        this.from = from;
        this.rows = rows;
        this.columns = columns;
        this.rank = rank;
        this.seed = seed;
        this.left = new float[rows * rank];
        this.right = new float[columns * rank];
        this.row = new float[columns];
        this.factor = new float[right.length];
        restart();
    }

    /** Those of a network's parameters for which factors pay, in the order of the flat memory. */
    static List<LowRankMatrix> of(ParameterLayout layout, int rank, long seed) {
        List<LowRankMatrix> matrices = new ArrayList<>();
        for (ParameterLayout.Entry entry : layout.entries()) {
            if (entry.trainable() && entry.shape().size() > 1) {
                int rows = Math.toIntExact(entry.shape().get(0));
                int columns = rows == 0 ? 0 : entry.length() / rows;
                if ((long) MIN_GAIN * rank * (rows + columns) <= entry.length()) {
                    matrices.add(new LowRankMatrix(
                            entry.offset(), rows, columns, rank, seed + (long) matrices.size() * rank));
                }
            }
        }
        return matrices;
    }

    int from() {
        return from;
    }

    int to() {
        return from + rows * columns;
    }

    int leftFloats() {
        return left.length;
    }

    int rightFloats() {
        return right.length;
    }

    /** Begins with the Q of the seed. */
    void restart() {
        Arrays.fill(right, 0);
        reviveColumns();
    }

    /** Appends M Q. */
    void putLeft(float[] values, FloatBuffer target) {
        for (int column = 0; column < rank; column++) {
            for (int i = 0; i < rows; i++) {
                target.put(dot(values, from + i * columns, column * columns));
            }
        }
    }

    /** Four partial sums, which the processor adds up at once. */
    private float dot(float[] values, int at, int q) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 3 < columns; j += 4) {
            a += values[at + j] * right[q + j];
            b += values[at + j + 1] * right[q + j + 1];
            c += values[at + j + 2] * right[q + j + 2];
            d += values[at + j + 3] * right[q + j + 3];
        }
        for (; j < columns; j++) {
            a += values[at + j] * right[q + j];
        }
        return (a + b) + (c + d);
    }

    /** Takes the sum of all M Q and makes P of it. */
    void takeLeft(FloatBuffer sum) {
        sum.get(left);
        Orthonormal.columns(left, rows, rank);
    }

    /** Appends Mᵀ P, and takes P (Mᵀ P)ᵀ away from M. */
    void putRight(float[] values, FloatBuffer target) {
        Arrays.fill(factor, 0);
        for (int i = 0; i < rows; i++) {
            int at = from + i * columns;
            for (int column = 0; column < rank; column++) {
                addRow(values, at, left[column * rows + i], factor, column * columns);
            }
        }
        target.put(factor);
        for (int i = 0; i < rows; i++) {
            int at = from + i * columns;
            for (int column = 0; column < rank; column++) {
                addRow(factor, column * columns, -left[column * rows + i], values, at);
            }
        }
    }

    private void addRow(float[] source, int at, float times, float[] target, int to) {
        for (int j = 0; j < columns; j++) {
            target[to + j] += source[at + j] * times;
        }
    }

    /** Takes the sum of all Mᵀ P, which is the new Q, and writes P Qᵀ to where the matrix stands. */
    void takeRight(FloatBuffer factors, FloatBuffer sum) {
        factors.get(right);
        for (int i = 0; i < rows; i++) {
            Arrays.fill(row, 0);
            for (int column = 0; column < rank; column++) {
                addRow(right, column * columns, left[column * rows + i], row, 0);
            }
            sum.put(from + i * columns, row);
        }
        reviveColumns();
    }

    /** A column of zeros would stay one for ever: it begins again with numbers of the seed. */
    private void reviveColumns() {
        for (int column = 0; column < rank; column++) {
            if (isZero(column)) {
                Random random = new Random(seed + column);
                for (int j = 0; j < columns; j++) {
                    right[column * columns + j] = (float) random.nextGaussian();
                }
            }
        }
    }

    private boolean isZero(int column) {
        for (int j = 0; j < columns; j++) {
            if (right[column * columns + j] != 0) {
                return false;
            }
        }
        return true;
    }
}
