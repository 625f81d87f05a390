package io.firesteel.engine.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums of squares with the 16 partial sums in vectors of doubles: two of 8 lanes or four of 4. */
final class VectorSquares {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final boolean WIDE = DOUBLES.length() == 8;
    private static final VectorSpecies<Float> FLOATS = WIDE ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

    private VectorSquares() {}

    /** Whether this processor has vectors of 4 or 8 doubles. */
    static boolean isSupported() {
        return WIDE || DOUBLES.length() == 4;
    }

    static double sum(float[] values, int from, int to) {
        int end = to - (to - from) % PlainKernels.PARTIAL_SUMS;
        double[] sums = new double[PlainKernels.PARTIAL_SUMS];
        if (WIDE) {
            addToTwo(values, from, end, sums);
        } else {
            addToFour(values, from, end, sums);
        }
        PlainKernels.addSquares(values, end, to, sums);
        return PlainKernels.total(sums);
    }

    private static void addToTwo(float[] values, int from, int end, double[] sums) {
        DoubleVector a = DoubleVector.zero(DOUBLES);
        DoubleVector b = a;
        for (int i = from; i < end; i += PlainKernels.PARTIAL_SUMS) {
            a = a.add(squares(values, i));
            b = b.add(squares(values, i + 8));
        }
        a.intoArray(sums, 0);
        b.intoArray(sums, 8);
    }

    private static void addToFour(float[] values, int from, int end, double[] sums) {
        DoubleVector a = DoubleVector.zero(DOUBLES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        for (int i = from; i < end; i += PlainKernels.PARTIAL_SUMS) {
            a = a.add(squares(values, i));
            b = b.add(squares(values, i + 4));
            c = c.add(squares(values, i + 8));
            d = d.add(squares(values, i + 12));
        }
        a.intoArray(sums, 0);
        b.intoArray(sums, 4);
        c.intoArray(sums, 8);
        d.intoArray(sums, 12);
    }

    private static DoubleVector squares(float[] values, int from) {
        DoubleVector doubles = (DoubleVector)
                FloatVector.fromArray(FLOATS, values, from).convertShape(VectorOperators.F2D, DOUBLES, 0);
        return doubles.mul(doubles);
    }
}
