package io.firesteel.engine.metric.distribution;

/**
 * Cuts all numbers into bins, in order: numbers of a bin have sign, exponent and the top {@value #MANTISSA_BITS} bits of the mantissa
 * in common, so that a bin is at most 2^-13 of its numbers wide. Since scores are often probabilities, bins between 0.5 and
 * 1 are those of {@code 1 - x} in reverse: 0.9999999 and 0.999999 are as far apart as 1e-7 and 1e-6. The scale is the same for all
 * data, therefore bins merge exactly in any order. Infinities have bins of their own; NaN has none.
 */
final class BinScale {
    static final int MANTISSA_BITS = 13;

    private static final int SHIFT = 52 - MANTISSA_BITS;
    private static final int HALF = plain(0.5);
    /** The bin of 1, above those of all (0.5, 1). */
    private static final int ONE = 2 * HALF + 1;

    private static final int SHIFT_ABOVE_ONE = ONE + 1 - plain(1);

    private BinScale() {}

    /** The bin of a number that is neither NaN nor -0. */
    static int bin(double value) {
        boolean mirrored = value > 0.5 && value <= 1;
        int plain = plain(mirrored ? 1 - value : value);
        return mirrored ? ONE - plain : plain + (value > 1 ? SHIFT_ABOVE_ONE : 0);
    }

    /** Bits of doubles have the order of their numbers, apart from those of negative ones, which run backwards. */
    private static int plain(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return (int) ((bits ^ ((bits >> 63) & Long.MAX_VALUE)) >> SHIFT);
    }

    /** The least number of a bin. */
    static double least(int bin) {
        if (bin <= HALF) {
            double value = leastPlain(bin);
            return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
        }
        return bin > ONE ? Math.max(Math.nextUp(1.0), leastPlain(bin - SHIFT_ABOVE_ONE)) : leastMirrored(bin);
    }

    private static double leastPlain(int plain) {
        long ordered = (long) plain << SHIFT;
        return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
    }

    private static double leastMirrored(int bin) {
        double value = 1 - Math.nextDown(leastPlain(ONE - bin + 1));
        return bin(value) < bin ? Math.nextUp(value) : value;
    }

    /** The largest number of a bin, or a slightly larger one. */
    static double largest(int bin) {
        return Math.nextDown(least(bin + 1));
    }
}
