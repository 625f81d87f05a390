package io.firesteel.spark.decide;

/**
 * Rows that one of two classifiers alone got right, and McNemar's test of them: if both were equally good, each of these rows would belong to either with
 * probability 1/2.
 *
 * @param candidate rows that the candidate alone got right
 * @param other rows that the other one alone got right
 */
public record AloneRight(long candidate, long other) {
    private static final double LOG_2 = Math.log(2);
    private static final int EXACT_FACTORIALS = 20;

    public AloneRight {
        if (candidate < 0 || other < 0) {
            throw new IllegalArgumentException(
                    "Invalid rows that one alone got right: " + candidate + " and " + other + " (must be >= 0)");
        }
    }

    /**
     * How likely as many or more such rows would belong to the candidate if it weren't better, where those that are exactly as
     * many count half: the one-sided exact mid-p value. It is 0.5 where both have as many. The mid-p value keeps to its level where the exact one
     * refuses too often (Fagerland, Lydersen and Laake, <i>The McNemar test for binary matched-pairs data: mid-p and asymptotic are better
     * than exact conditional</i>, 2013).
     */
    public double pValue() {
        long rows = Math.addExact(candidate, other);
        if (rows == 0) {
            return 0.5;
        }
        return candidate >= other ? tail(candidate, rows) : 1 - tail(other, rows);
    }

    /** More heads than k of n fair coins, or, half as likely, just as many. */
    private static double tail(long k, long n) {
        double probability = probability(k, n);
        double sum = probability / 2;
        for (long more = k + 1; more <= n && probability > 0; more++) {
            probability *= (double) (n - more + 1) / more;
            sum += probability;
        }
        return sum;
    }

    /** Of k of n fair coins. */
    private static double probability(long k, long n) {
        return Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * LOG_2);
    }

    /** Stirling's series, whose next term is below 1e-14 from 20 on. */
    private static double logFactorial(long n) {
        if (n < EXACT_FACTORIALS) {
            double product = 1;
            for (int i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double square = (double) n * n;
        double series = (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / (1680.0 * square)) / square) / square) / n;
        return n * Math.log((double) n) - n + Math.log(2 * Math.PI * n) / 2 + series;
    }
}
