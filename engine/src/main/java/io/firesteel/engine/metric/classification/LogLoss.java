package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The weighted mean over rows of {@code -ln(p)}, p being the probability that the model gave to the row's class; &gt;= 0, in nats.
 * Reads probabilities or logits (N, C) and classes (N); one column is the probability of class 1. p is held in [e, 1 - e] with
 * e = 2^-52, so a row adds 36 at most and one sure mistake doesn't make the mean infinite. Rows of probabilities need not sum to 1.
 * As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.log_loss.html">log_loss</a> of float64 (float32 it holds in
 * bounds of float32's). NaN if a probability is NaN. Misleads as a measure of decisions: a model can have more of them right and the
 * larger loss.
 */
final class LogLoss extends MeanMetric {
    private static final double LEAST = Math.ulp(1.0);

    LogLoss(String name) {
        super(name);
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        ProbabilityReader reader = new ProbabilityReader(input, name());
        for (int row = 0; row < input.rows(); row++) {
            double probability = reader.row(row)[reader.label(row)];
            double weight = input.weight(row);
            state.add(-weight * Math.log(Math.max(LEAST, Math.min(1 - LEAST, probability))), weight);
        }
    }
}
