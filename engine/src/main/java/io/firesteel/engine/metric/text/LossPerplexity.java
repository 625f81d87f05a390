package io.firesteel.engine.metric.text;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The perplexity from losses that are cross entropies in nats: {@code exp(sum(w * loss) / sum(w))}, in [1, infinity], lower
 * is better. Reads losses (N) and weights; a row whose loss is the mean of several tokens should weigh their number. Of use
 * where the logits of a large vocabulary are gone already; says nothing if the loss is another one, or has terms beside the
 * cross entropy.
 */
final class LossPerplexity extends MeanMetric {
    LossPerplexity(String name) {
        super(name);
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.add(weight * input.loss(row), weight);
        }
    }

    @Override
    protected MetricValue value(WeightedMean state) {
        return MetricValue.of(Math.exp(state.mean(name())));
    }
}
