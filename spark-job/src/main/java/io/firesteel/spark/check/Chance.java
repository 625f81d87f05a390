package io.firesteel.spark.check;

/** How large a distance between two samples of one distribution gets by chance, but for one time in a thousand. */
final class Chance {
    /** The quantile of the normal distribution at 0.999. */
    private static final double NORMAL_QUANTILE = 3.0902;

    private Chance() {}

    /**
     * Of the population stability index: it is (1/n + 1/m) times a variable that follows the chi-square distribution with one
     * degree of freedom less than there are groups, whose quantile is Wilson and Hilferty's.
     *
     * @see <a href="https://doi.org/10.21314/JRMV.2020.227">Yurdakul and Naranjo, Statistical properties of the population stability
     *     index, 2020</a>
     */
    static double ofStabilityIndex(int groups, long before, long now) {
        if (groups < 2) {
            return 0;
        }
        double freedom = groups - 1.0;
        double part = 2 / (9 * freedom);
        double quantile = freedom * Math.pow(1 - part + NORMAL_QUANTILE * Math.sqrt(part), 3);
        return quantile * (1.0 / before + 1.0 / now);
    }

    /** Of the statistic of Kolmogorov and Smirnov, by its asymptotic distribution: the root of −ln(0.001 / 2) / 2 · (1/n + 1/m). */
    static double ofLargestDistance(long before, long now) {
        return Math.sqrt(-Math.log(0.001 / 2) / 2 * (1.0 / before + 1.0 / now));
    }
}
