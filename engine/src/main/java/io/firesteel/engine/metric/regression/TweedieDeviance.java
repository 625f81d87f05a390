package io.firesteel.engine.metric.regression;

import java.util.function.DoubleBinaryOperator;

/**
 * Twice the difference in log-likelihood between a target and its prediction under a Tweedie distribution, in [0, ∞); {@code
 * meanTweedieDeviance} is its mean. The power says how the variance grows with the mean: 0 is the squared error, 1 Poisson (counts),
 * 2 gamma, 3 inverse Gaussian; between 0 and 1 there is no such distribution. With a higher power errors of large targets count less.
 * The formula is scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_tweedie_deviance.html">mean_tweedie_deviance</a>:
 *
 * <ul>
 *   <li>0: {@code (y - p)^2}, of any numbers
 *   <li>1: {@code 2 (y ln(y / p) - y + p)}, of y &gt;= 0 and p &gt; 0
 *   <li>2: {@code 2 (ln(p / y) + y / p - 1)}, of y &gt; 0 and p &gt; 0
 *   <li>others (a): {@code 2 (y^(2-a) / ((1-a)(2-a)) - y p^(1-a) / (1-a) + p^(2-a) / (2-a))}, of p &gt; 0, and of y &gt;= 0 if 1
 *       &lt; a &lt; 2, y &gt; 0 if a &gt; 2, any y if a &lt; 0, where a negative y counts as 0 in its power
 * </ul>
 */
final class TweedieDeviance {
    private TweedieDeviance() {}

    /**
     * The deviance.
     *
     * @param power &lt;= 0 or &gt;= 1
     * @throws IllegalArgumentException if it lies between
     */
    static ElementError of(double power) {
        if (power > 0 && power < 1) {
            throw new IllegalArgumentException("Invalid power: " + power + " (must be <= 0 or >= 1)");
        }
        return new ElementError(
                ElementErrors.stateName("meanTweedieDeviance", "power", power, 0), domain(power), error(power));
    }

    private static Domain domain(double power) {
        if (power == 0) {
            return Domain.ANY;
        }
        if (power < 0) {
            return Domain.POSITIVE_PREDICTION;
        }
        return power < 2 ? Domain.COUNT : Domain.POSITIVE;
    }

    private static DoubleBinaryOperator error(double power) {
        if (power == 0) {
            return (y, p) -> (y - p) * (y - p);
        }
        if (power == 1) {
            return (y, p) -> 2 * ((y == 0 ? 0 : y * Math.log(y / p)) - y + p);
        }
        if (power == 2) {
            return (y, p) -> 2 * (Math.log(p / y) + y / p - 1);
        }
        double one = 1 - power;
        double two = 2 - power;
        return (y, p) ->
                2 * (Math.pow(Math.max(y, 0), two) / (one * two) - y * Math.pow(p, one) / one + Math.pow(p, two) / two);
    }
}
