package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.distribution.Steps;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The precision-recall curve: for rising thresholds the share of positives among the rows with a score of at least the
 * threshold, and the share of all positives that are among them. Fields {@code precision}, {@code recall} of P + 1 points, the last
 * one being (1, 0) without a threshold, and {@code thresholds} of P. Reads scores, labels and weights in the
 * shapes of {@link RocAuc}; of C &gt; 2 classes (each against all others, by its probability) or of C labels it is fields {@code 0} to
 * {@code C-1} with a curve each.
 *
 * <p>A point for each score if there are no more than {@code points}, and then the numbers of scikit-learn's
 * <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_recall_curve.html">precision_recall_curve</a> and
 * of Ignite's PrecisionRecallCurve; else about as many of them, at equal distances in recall. Every point is one of the exact
 * curve, also above {@code exactRows}. Without positive rows recall is 1 everywhere, as in scikit-learn.
 */
final class PrecisionRecallCurve extends CurveMetric {
    PrecisionRecallCurve(MetricParameters parameters) {
        super(parameters);
    }

    @Override
    MetricValue curve(Steps steps, String whose) {
        Curve whole = Curve.of(steps);
        if (whole.size() == 0) {
            throw new NotComputableException("Cannot compute " + name() + ": total weight of all rows is 0");
        }
        Curve curve = whole.at(Curve.thin(whole.positives(), points()));
        int size = curve.size();
        double[] precision = new double[size + 1];
        double[] recall = new double[size + 1];
        double[] thresholds = new double[size];
        double total = curve.positives()[size - 1];
        for (int i = 0; i < size; i++) {
            int from = size - 1 - i;
            double positives = curve.positives()[from];
            precision[i] = positives / (positives + curve.negatives()[from]);
            recall[i] = total == 0 ? 1 : positives / total;
            thresholds[i] = curve.thresholds()[from];
        }
        precision[size] = 1;
        return fields(precision, recall, thresholds);
    }

    private static MetricValue fields(double[] precision, double[] recall, double[] thresholds) {
        Map<String, MetricValue> fields = new LinkedHashMap<>();
        fields.put("precision", MetricValue.of(precision));
        fields.put("recall", MetricValue.of(recall));
        fields.put("thresholds", MetricValue.of(thresholds));
        return MetricValue.of(fields);
    }
}
