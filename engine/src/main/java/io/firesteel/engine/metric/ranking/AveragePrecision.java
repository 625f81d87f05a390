package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.distribution.Distributions;

/**
 * The area under the precision-recall curve as a sum of steps, in [0, 1]: {@code sum((R[i] - R[i-1]) * P[i])} with thresholds
 * falling, where equal scores are one threshold; so it is the mean over positive rows of the precision among all rows with at
 * least their score. What guessing gives is the share of positives. Reads scores, labels and weights in the shapes of
 * {@link RocAuc}; several classes (each against all others) or labels are averaged as {@code average} says.
 *
 * <p>Up to {@code exactRows} rows times columns it is exact, above {@code errorBound} says how far the exact value is away
 * at the most. Without positive rows it is 0, as in scikit-learn. Misleads in comparisons of data with different shares
 * of positives. Equals scikit-learn's
 * <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.average_precision_score.html">average_precision_score</a>,
 * and with it Ignite's AveragePrecision.
 */
final class AveragePrecision extends ScoreMetric {
    private final Averaging averaging;

    AveragePrecision(MetricParameters parameters) {
        super(parameters);
        this.averaging = Averaging.of(parameters.text("average"));
    }

    @Override
    MetricValue ordered(Distributions state) {
        return averaging.value(state, Areas::averagePrecision);
    }
}
