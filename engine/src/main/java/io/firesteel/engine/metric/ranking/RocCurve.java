package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.distribution.Steps;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ROC curve: for falling thresholds the share of negative rows and the share of positive rows with a score of at
 * least the threshold. Fields {@code falsePositiveRate}, {@code truePositiveRate} and {@code thresholds}, of P points each, where the
 * first one is (0, 0) at infinity. Reads scores, labels and weights in the shapes of {@link RocAuc}; of C &gt; 2 classes (each against
 * all others, by its probability) or of C labels it is fields {@code 0} to {@code C-1} with a curve each.
 *
 * <p>All corners of the curve if there are no more than {@code points}, and then the numbers of scikit-learn's
 * <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.roc_curve.html">roc_curve</a> and of Ignite's RocCurve; else
 * about as many of them, at equal distances along the curve. Every point is one of the exact curve, also above {@code
 * exactRows}; only the choice of thresholds is coarser then (2^-13 of their size). Refused if a class has no rows, or all.
 */
final class RocCurve extends CurveMetric {
    RocCurve(MetricParameters parameters) {
        super(parameters);
    }

    @Override
    MetricValue curve(Steps steps, String whose) {
        Curve curve = Curve.of(steps).corners();
        double[] falseRate = rate(curve.negatives(), "negative rows" + whose);
        double[] trueRate = rate(curve.positives(), "positive rows" + whose);
        double[] thresholds = new double[curve.size() + 1];
        thresholds[0] = Double.POSITIVE_INFINITY;
        System.arraycopy(curve.thresholds(), 0, thresholds, 1, curve.size());
        double[] progress = new double[falseRate.length];
        Arrays.setAll(progress, i -> falseRate[i] + trueRate[i]);
        Curve thinned = new Curve(falseRate, trueRate, thresholds).at(Curve.thin(progress, points()));
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
                    "Cannot compute " + name() + ": no " + which + " (weight " + total + ", expected > 0)");
        }
        double[] rate = new double[sums.length + 1];
        for (int i = 0; i < sums.length; i++) {
            rate[i + 1] = sums[i] / total;
        }
        return rate;
    }
}
