package io.firesteel.engine.metric.distribution;

/**
 * Cuts all numbers into bins, in order: numbers of a bin have sign, exponent and the top {@value #MANTISSA_BITS} bits of the mantissa
 * in common, so that a bin is at most 2^-13 of its numbers wide. Since scores are often probabilities, bins from 0.5 to
 * 1 are those of {@code 1 - x} in reverse: 0.9999999 and 0.999999 are as far apart as 1e-7 and 1e-6. The scale is the same for all
 * data, therefore bins merge exactly in any order. Infinities have bins of their own; NaN has none.
 */
final class BinScale {
    static final int MANTISSA_BITS = 13;

    private static final int SHIFT = 52 - MANTISSA_BITS;
    private static final long HALF_BITS = Double.doubleToRawLongBits(0.5);
    private static final long ONE_BITS = Double.doubleToRawLongBits(1);
    private static final int HALF = (int) (HALF_BITS >> SHIFT);
    private static final int PLAIN_ONE = (int) (ONE_BITS >> SHIFT);
    /** Where {@code 1 - x} is 0: the bins of [0.5, 1) are the ones below, down to that of 0.5. */
    private static final int MIRROR = 2 * HALF;

    private static final int SHIFT_FROM_ONE = MIRROR + 1 - PLAIN_ONE;

    /** No bin is below it. */
    static final int FIRST = -1 << (MANTISSA_BITS + 11);
    /** No bin is above it. */
    static final int LAST = bin(Double.POSITIVE_INFINITY);

    private BinScale() {}

    /**
     * The bin of a number that is neither NaN nor -0. Without branches, which would be mispredicted as often as scores
     * are random.
     */
    static int bin(double value) {
        long ordered = ordered(value);
        int plain = (int) (ordered >> SHIFT);
        int mirrored = MIRROR - (int) (ordered(1 - value) >> SHIFT);
        long half = ordered >> 1;
        int outside = (int) (((half - (HALF_BITS >> 1)) | ((ONE_BITS >> 1) - 1 - half)) >> 63);
        int below = (plain - PLAIN_ONE) >> 31;
        return (mirrored & ~outside) | ((plain + (SHIFT_FROM_ONE & ~below)) & outside);
    }

    /** Bits of doubles have the order of their numbers, apart from those of negative ones, which run backwards. */
    private static long ordered(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /** The least number of a bin. */
    static double least(int bin) {
        if (bin > HALF && bin <= MIRROR) {
            double value = 1 - Math.nextDown(leastPlain(MIRROR - bin + 1));
            return bin(value) < bin ? Math.nextUp(value) : value;
        }
        double value = leastPlain(bin > MIRROR ? bin - SHIFT_FROM_ONE : bin);
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }

    private static double leastPlain(int plain) {
        long ordered = (long) plain << SHIFT;
        return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
    }

    /** The largest number of a bin, or a slightly larger one. */
    static double largest(int bin) {
        return Math.nextDown(least(bin + 1));
    }
}
