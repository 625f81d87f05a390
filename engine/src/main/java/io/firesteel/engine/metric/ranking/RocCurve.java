package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.distribution.Distributions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ROC curve of two classes: for falling thresholds the share of negative rows and the share of positive rows with a score of at
 * least the threshold. Fields {@code falsePositiveRate}, {@code truePositiveRate} and {@code thresholds}, of P points each, where the
 * first one is (0, 0) at infinity. Reads scores (N, 1) or (N, 2), classes or targets (N, 1), and weights.
 *
 * <p>All corners of the curve if there are no more than {@code points}, and then the numbers of scikit-learn's
 * <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.roc_curve.html">roc_curve</a> and of Ignite's RocCurve; else
 * about as many of them, at equal distances along the curve. Every point is one of the exact curve, also above {@code
 * exactRows}; only the choice of thresholds is coarser then (2^-13 of their size). Refused if a class has no rows.
 */
final class RocCurve extends ScoreMetric {
    private final int points;

    RocCurve(MetricParameters parameters) {
        super(parameters);
        this.points = parameters.integer("points");
    }

    @Override
    MetricValue ordered(Distributions state) {
        Curve curve = Curve.of(onlyColumn(state)).corners();
        double[] falseRate = rate(curve.negatives(), "negative");
        double[] trueRate = rate(curve.positives(), "positive");
        double[] thresholds = new double[curve.size() + 1];
        thresholds[0] = Double.POSITIVE_INFINITY;
        System.arraycopy(curve.thresholds(), 0, thresholds, 1, curve.size());
        double[] progress = new double[falseRate.length];
        Arrays.setAll(progress, i -> falseRate[i] + trueRate[i]);
        Curve thinned = new Curve(falseRate, trueRate, thresholds).at(Curve.thin(progress, points));
        Map<String, MetricValue> fields = new LinkedHashMap<>();
        fields.put("falsePositiveRate", MetricValue.of(thinned.negatives()));
        fields.put("truePositiveRate", MetricValue.of(thinned.positives()));
        fields.put("thresholds", MetricValue.of(thinned.thresholds()));
        return MetricValue.of(fields);
    }

    /** Of the last value, with a 0 before the first. */
    private double[] rate(double[] sums, String which) {
        double total = sums.length == 0 ? 0 : sums[sums.length - 1];
        if (total == 0) {
            throw new NotComputableException(
                    "Cannot compute " + name() + ": no " + which + " rows (weight " + total + ", expected > 0)");
        }
        double[] rate = new double[sums.length + 1];
        for (int i = 0; i < sums.length; i++) {
            rate[i + 1] = sums[i] / total;
        }
        return rate;
    }
}
