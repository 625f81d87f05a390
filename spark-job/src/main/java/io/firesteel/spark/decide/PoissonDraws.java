package io.firesteel.spark.decide;

import java.util.Arrays;

/**
 * How often a row is drawn in a resample: Poisson numbers of one mean, by inversion. What is drawn depends on seed, row and resample
 * alone, so that all models, partitions and repetitions draw alike. Immutable.
 */
final class PoissonDraws {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final int GUIDE_BITS = 8;
    /** The table ends where what is left is below a double's last bit. */
    private static final double SPREAD = 12;

    private static final int LEAST_LENGTH = 30;

    /** The probability of at most k. */
    private final double[] cumulative;
    /** Where to begin to look, by the leading bits of a uniform number. */
    private final int[] guide = new int[1 << GUIDE_BITS];

    /** @param mean over 0, at most 1e6 */
    PoissonDraws(double mean) {
        if (!(mean > 0 && mean <= 1e6)) {
            throw new IllegalArgumentException("Invalid mean of draws: " + mean + " (must be > 0 and <= 1e6)");
        }
        cumulative = new double[(int) Math.ceil(mean + SPREAD * Math.sqrt(mean)) + LEAST_LENGTH];
        double logProbability = -mean;
        double sum = 0;
        for (int k = 0; k < cumulative.length; k++) {
            logProbability += k == 0 ? 0 : Math.log(mean / k);
            sum += Math.exp(logProbability);
            cumulative[k] = sum;
        }
        Arrays.setAll(cumulative, k -> cumulative[k] / cumulative[cumulative.length - 1]);
        for (int i = 0, k = 0; i < guide.length; i++) {
            while (cumulative[k] <= (double) i / guide.length) {
                k++;
            }
            guide[i] = k;
        }
    }

    /** What stands for a row in {@link #draw}. */
    static long key(long seed, long id) {
        return mixed(mixed(id + STEP) ^ seed);
    }

    /** How often the row is drawn, &gt;= 0. */
    int draw(long key, int resample) {
        long bits = mixed(key + (resample + 1) * STEP);
        double uniform = (bits >>> 11) * 0x1p-53;
        int k = guide[(int) (bits >>> (Long.SIZE - GUIDE_BITS))];
        while (uniform >= cumulative[k]) {
            k++;
        }
        return k;
    }

    /** A number whose bits look like chance, another one for each; the finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    static long mixed(long number) {
        long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
