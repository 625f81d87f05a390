package io.firesteel.engine.metric.quantile;

import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.distribution.Distribution;
import io.firesteel.engine.metric.distribution.Steps;

/**
 * Errors in relation to those of always predicting the mean of all targets, {@code r = |p - y| / |y - mean(y)|}: their median, or
 * their geometric mean {@code exp(mean(ln r))}; &gt;= 0, and under 1 if the model is better than the mean. If both errors of a row are
 * 0, r is 1. A geometric mean is 0 as soon as one prediction is exactly right. Refused where the value is infinite: if all targets are
 * the same, or too many are equal to their mean.
 *
 * <p>Of a sample, the standard error of the median is half the distance of the quantiles {@code 0.5 ± 0.5 / sqrt(n)}, that of the geometric
 * mean its value times {@code sd(ln r) / sqrt(n)}, n being {@link PairMeasure#effectiveRows}; the mean of the targets is that of all rows.
 * As Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.MedianRelativeAbsoluteError.html">MedianRelativeAbsoluteError</a>
 * and GeometricMeanRelativeAbsoluteError.
 */
final class RelativeErrors {
    private RelativeErrors() {}

    static SampledValue median(String metric, Pairs pairs, double meanTarget) {
        double[] weights = pairs.weights();
        Steps steps = Distribution.of(errors(pairs, meanTarget), weights).steps();
        double aside = Math.min(0.5, 0.5 / Math.sqrt(PairMeasure.effectiveRows(weights)));
        double spread = Quantile.of(steps, 0.5 + aside).value()
                - Quantile.of(steps, 0.5 - aside).value();
        return finite(metric, new SampledValue(Quantile.of(steps, 0.5).value(), spread / 2));
    }

    static SampledValue geometricMean(String metric, Pairs pairs, double meanTarget) {
        double[] errors = errors(pairs, meanTarget);
        double sum = 0;
        double squares = 0;
        double weight = 0;
        for (int i = 0; i < errors.length; i++) {
            double log = Math.log(errors[i]);
            sum += pairs.weight(i) * log;
            squares += pairs.weight(i) * log * log;
            weight += pairs.weight(i);
        }
        double mean = sum / weight;
        double value = Math.exp(mean);
        if (value == 0) {
            return new SampledValue(0, 0);
        }
        double deviation = Math.sqrt(Math.max(0, squares / weight - mean * mean));
        return finite(
                metric,
                new SampledValue(value, value * deviation / Math.sqrt(PairMeasure.effectiveRows(pairs.weights()))));
    }

    private static double[] errors(Pairs pairs, double meanTarget) {
        double[] errors = new double[pairs.size()];
        for (int i = 0; i < errors.length; i++) {
            double error = Math.abs(pairs.prediction(i) - pairs.target(i));
            double ofMean = Math.abs(pairs.target(i) - meanTarget);
            errors[i] = error == ofMean ? 1 : error / ofMean;
        }
        return errors;
    }

    private static SampledValue finite(String metric, SampledValue value) {
        if (!(value.value() < Double.POSITIVE_INFINITY)) {
            throw new NotComputableException("Cannot compute " + metric + ": too many targets are equal to their mean ("
                    + value.value() + ", expected a number)");
        }
        return value;
    }
}
