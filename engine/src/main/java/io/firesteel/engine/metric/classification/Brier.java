package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.WeightedMean;

/**
 * Brier's score: the weighted mean over rows of the squared distance between the probabilities and what is so, {@code sum((p_c -
 * [class is c])²)} over C &gt; 2 classes, in [0, 2]. Of two classes, in one column or two, half of it, which is {@code (p_1 -
 * class)²}, in [0, 1]. 0 is best. Reads probabilities or logits (N, C) and classes (N). As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.brier_score_loss.html">brier_score_loss</a> with {@code
 * scale_by_half="auto"}. Misleads where a class is rare: always giving its frequency scores well.
 */
final class Brier extends MeanMetric {
    Brier(String name) {
        super(name);
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        ProbabilityReader reader = new ProbabilityReader(input, name());
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.add(weight * distance(reader.row(row), reader.label(row)), weight);
        }
    }

    private static double distance(double[] probabilities, int label) {
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double off = probabilities[i] - (i == label ? 1 : 0);
            sum += off * off;
        }
        return probabilities.length == 2 ? sum / 2 : sum;
    }
}
