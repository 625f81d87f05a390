package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.WeightedMean;

/**
 * How undecided the model is: the mean over rows of {@code -sum(p ln p)}, weighted, in [0, ln C] nats. Reads predictions (N, C) that are
 * probabilities or logits, and weights. Says nothing of whether the decisions are right: a model may be sure and wrong. As Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.Entropy.html">Entropy</a>.
 */
final class Entropy extends MeanMetric {
    Entropy(String name) {
        super(name);
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        double[] logarithms = new double[input.rows() == 0 ? 0 : Math.max(2, input.predictionColumns())];
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            if (weight > 0) {
                Distributions.ofPredictions(input, row, logarithms);
            }
            state.add(weight > 0 ? weight * Distributions.entropy(logarithms) : 0, weight);
        }
    }
}
