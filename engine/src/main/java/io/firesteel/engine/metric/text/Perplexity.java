package io.firesteel.engine.metric.text;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The perplexity of a language model: {@code exp(sum(w * -log p(token)) / sum(w))}, of how many equally likely tokens it
 * seems to choose; in [1, infinity], lower is better. Reads logits or probabilities (N, C), classes (N), where each row is
 * one token and its class the token that was right, and weights. Rows of the class {@code ignoreIndex} (padding) don't
 * count. A token of probability 0 makes it infinite.
 *
 * <p>Comparable between models of the same vocabulary only. Like Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.nlp.Perplexity.html">Perplexity</a>.
 */
final class Perplexity extends MeanMetric {
    private final long ignored;

    Perplexity(MetricParameters parameters) {
        super(parameters.metricName());
        ignored = parameters.integer("ignoreIndex");
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        int classes = input.rows() == 0 ? 0 : input.predictedClasses();
        double[] probabilities = new double[Math.max(2, classes)];
        for (int row = 0; row < input.rows(); row++) {
            long token = input.classLabel(row);
            if (token == ignored) {
                state.add(0, 0);
                continue;
            }
            checkToken(token, row, probabilities.length);
            double weight = input.weight(row);
            double surprise = surprise(input, row, (int) token, probabilities);
            state.add(weight == 0 ? 0 : weight * surprise, weight);
        }
    }

    /** Of logits not through their softmax, in which small probabilities become 0. */
    private static double surprise(MetricInput input, int row, int token, double[] probabilities) {
        if (input.predictionKind() != PredictionKind.LOGITS) {
            input.probabilities(row, probabilities);
            return -Math.log(probabilities[token]);
        }
        boolean binary = input.predictionColumns() == 1;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < probabilities.length; i++) {
            max = Math.max(max, logit(input, row, i, binary));
        }
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            sum += Math.exp(logit(input, row, i, binary) - max);
        }
        return max - logit(input, row, token, binary) + Math.log(sum);
    }

    /** One column is the logit of class 1 against a logit of 0 for class 0. */
    private static double logit(MetricInput input, int row, int column, boolean binary) {
        if (binary) {
            return column == 0 ? 0 : input.prediction(row, 0);
        }
        return input.prediction(row, column);
    }

    private static void checkToken(long token, int row, int classes) {
        if (token < 0 || token >= classes) {
            throw new IllegalArgumentException("Invalid class: " + token + " in row " + row
                    + " of a batch (must be in [0, " + classes + "), or ignoreIndex for padding)");
        }
    }

    @Override
    protected MetricValue value(WeightedMean state) {
        return MetricValue.of(Math.exp(state.mean(name())));
    }
}
