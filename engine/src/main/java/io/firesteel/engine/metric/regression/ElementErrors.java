package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.MetricParameter;

/** The errors of single predictions. y is the target, p its prediction, d = y - p; each metric that adds them up is named. */
final class ElementErrors {
    private static final double LN_2 = Math.log(2);

    /** The smallest denominator of percentages: scikit-learn's, the distance from 1 to the next double. */
    private static final double EPSILON = Math.ulp(1.0);

    private ElementErrors() {}

    /**
     * {@code d^2}, in [0, ∞), the target's unit squared. {@code meanSquaredError} is its mean, {@code rootMeanSquaredError} each
     * column's root of it. One outlier can outweigh all other rows. Both as scikit-learn's <a
     * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_squared_error.html">mean_squared_error</a> and
     * {@code root_mean_squared_error}; Ignite's sum over the columns.
     */
    static final ElementError SQUARED = new ElementError("meanSquaredError", (y, p) -> (y - p) * (y - p));

    /**
     * {@code |d|}, in [0, ∞), the target's unit. {@code meanAbsoluteError} is its mean, as scikit-learn's <a
     * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_absolute_error.html">mean_absolute_error</a>;
     * {@code manhattan} its sum over rows and columns, weighted, as Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.ManhattanDistance.html">ManhattanDistance</a>: it
     * grows with the number of rows, so that only values of the same rows can be compared.
     */
    static final ElementError ABSOLUTE = new ElementError("meanAbsoluteError", (y, p) -> Math.abs(y - p));

    /**
     * {@code d}, the target's unit; {@code meanError} is its mean, over 0 if predictions are too low. Errors in both directions
     * cancel out: 0 isn't perfect. Sign as Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.MeanError.html">MeanError</a>; forecasters call the
     * opposite sign the bias.
     */
    static final ElementError SIGNED = new ElementError("meanError", (y, p) -> y - p);

    /**
     * {@code |d| / max(|y|, 2.2e-16)}, in [0, ∞), where 0.1 is 10 %; {@code meanAbsolutePercentageError} is its mean. A target of 0
     * makes it enormous, and it favours predictions that are too low. As scikit-learn's <a
     * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_absolute_percentage_error.html">mean_absolute_percentage_error</a>.
     */
    static final ElementError PERCENTAGE =
            new ElementError("meanAbsolutePercentageError", (y, p) -> Math.abs(y - p) / Math.max(Math.abs(y), EPSILON));

    /**
     * {@code 2 |d| / (|y| + |p|)}, in [0, 2], and 0 where both are 0; {@code symmetricMeanAbsolutePercentageError} is its mean. 2 as
     * soon as the signs differ or one of both is 0. (Others halve it, or write it in per cent.) As Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.FractionalAbsoluteError.html">FractionalAbsoluteError</a>.
     */
    static final ElementError SYMMETRIC_PERCENTAGE = new ElementError(
            "symmetricMeanAbsolutePercentageError", (y, p) -> orZero(2 * Math.abs(y - p), Math.abs(y) + Math.abs(p)));

    /**
     * {@code |d| / (|y| + |p|)}, in [0, 1], and 0 where both are 0; {@code canberra} is its sum over rows and columns, weighted, and
     * grows with the rows. As {@code scipy.spatial.distance.canberra} and Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.CanberraMetric.html">CanberraMetric</a>.
     */
    static final ElementError CANBERRA =
            new ElementError("canberra", (y, p) -> orZero(Math.abs(y - p), Math.abs(y) + Math.abs(p)));

    /**
     * {@code |d| / max(y, p)}, in [0, 1] for numbers that aren't negative, and 0 where y = p; {@code waveHedges} is its sum over rows
     * and columns, weighted, and grows with the rows. Means little for negative numbers. As Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.WaveHedgesDistance.html">WaveHedgesDistance</a>.
     */
    static final ElementError WAVE_HEDGES =
            new ElementError("waveHedges", (y, p) -> orZero(Math.abs(y - p), Math.max(y, p)));

    /**
     * {@code 2 d / (y + p)}, in [-2, 2] for numbers that aren't negative, and 0 where both are 0; {@code fractionalBias} is its mean.
     * Undefined where y = -p. As Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.FractionalBias.html">FractionalBias</a>.
     */
    static final ElementError FRACTIONAL_BIAS =
            new ElementError("fractionalBias", Domain.NOT_OPPOSITE, (y, p) -> orZero(2 * (y - p), y + p));

    /**
     * {@code |d| / |y|}, in [0, ∞); {@code meanAbsoluteRelativeError} is its mean. Undefined if a target is 0, where
     * {@link #PERCENTAGE} isn't. As Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.MeanAbsoluteRelativeError.html">MeanAbsoluteRelativeError</a>.
     */
    static final ElementError RELATIVE = new ElementError(
            "meanAbsoluteRelativeError", Domain.TARGET_NOT_ZERO, (y, p) -> Math.abs(y - p) / Math.abs(y));

    /**
     * {@code d / y}; {@code meanNormalizedBias} is its mean. Errors in both directions cancel out. Undefined if a target is 0. As
     * Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.MeanNormalizedBias.html">MeanNormalizedBias</a>.
     */
    static final ElementError NORMALIZED_BIAS =
            new ElementError("meanNormalizedBias", Domain.TARGET_NOT_ZERO, (y, p) -> (y - p) / y);

    /**
     * {@code ln |d|}; {@code geometricMeanAbsoluteError} is the exponential of its mean, in [0, ∞), the target's unit. A single
     * perfect prediction makes it 0. As Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.GeometricMeanAbsoluteError.html">GeometricMeanAbsoluteError</a>.
     */
    static final ElementError LOG_ABSOLUTE =
            new ElementError("geometricMeanAbsoluteError", (y, p) -> Math.log(Math.abs(y - p)));

    /**
     * {@code (ln(1 + y) - ln(1 + p))^2}, in [0, ∞); {@code meanSquaredLogError} is its mean, {@code rootMeanSquaredLogError} each
     * column's root of it. For targets that grow exponentially; predictions that are too low cost more. Undefined from -1 down. As
     * scikit-learn's <a
     * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_squared_log_error.html">mean_squared_log_error</a>.
     */
    static final ElementError SQUARED_LOG = new ElementError("meanSquaredLogError", Domain.OVER_MINUS_ONE, (y, p) -> {
        double logarithms = Math.log1p(y) - Math.log1p(p);
        return logarithms * logarithms;
    });

    /**
     * {@code ln cosh d}, in [0, ∞): half the square of small errors, large ones less ln 2; {@code logCosh} is its mean. As
     * {@code tf.keras.losses.LogCosh}.
     */
    static final ElementError LOG_COSH = new ElementError("logCosh", (y, p) -> logCosh(Math.abs(y - p)));

    /** Two forms: one that doesn't lose small numbers in 1, and one in which large ones don't overflow. */
    private static double logCosh(double size) {
        if (size < 1) {
            double sinh = Math.sinh(size / 2);
            return Math.log1p(2 * sinh * sinh);
        }
        return size + Math.log1p(Math.exp(-2 * size)) - LN_2;
    }

    /**
     * {@code d^2 / 2} up to |d| = delta, {@code delta (|d| - delta / 2)} beyond, in [0, ∞); {@code huber} is its mean. As PyTorch's <a
     * href="https://docs.pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html">HuberLoss</a>.
     */
    static ElementError huber(double delta) {
        return new ElementError(stateName("huber", "delta", delta, 1), (y, p) -> {
            double size = Math.abs(y - p);
            return size <= delta ? size * size / 2 : delta * (size - delta / 2);
        });
    }

    /**
     * {@code alpha d} where d &gt;= 0, {@code (alpha - 1) d} elsewhere, in [0, ∞); {@code quantileLoss} is its mean, which the
     * alpha-quantile of the target makes smallest: 0.5 is half the absolute error. Values of different alphas can't be compared. As
     * scikit-learn's <a
     * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_pinball_loss.html">mean_pinball_loss</a>.
     */
    static ElementError quantile(double alpha) {
        return new ElementError(stateName("quantileLoss", "alpha", alpha, 0.5), (y, p) -> {
            double difference = y - p;
            return difference >= 0 ? alpha * difference : (alpha - 1) * difference;
        });
    }

    static String stateName(String name, String parameter, double value, double standard) {
        return value == standard ? name : name + "(" + parameter + "=" + MetricParameter.plain(value) + ")";
    }

    private static double orZero(double numerator, double denominator) {
        return numerator == 0 ? 0 : numerator / denominator;
    }
}
