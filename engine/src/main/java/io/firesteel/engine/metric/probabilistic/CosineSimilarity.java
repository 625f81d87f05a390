package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The mean over rows of the cosine of the angle between predictions and targets, {@code sum(p y) / (max(|p|, eps) max(|y|, eps))},
 * weighted, in [-1, 1]. Reads predictions (N, C), targets (N, C) and weights. Doesn't see lengths: twice the target is as good as the
 * target. A row of zeros has 0. As PyTorch's <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cosine_similarity.html">cosine_similarity</a> and Ignite's
 * CosineSimilarity.
 */
final class CosineSimilarity extends MeanMetric {
    private final double eps;

    CosineSimilarity(String name, double eps) {
        super(name);
        this.eps = eps;
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        int columns = input.pairedColumns(name());
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.add(weight > 0 ? weight * cosine(input, row, columns) : 0, weight);
        }
    }

    private double cosine(MetricInput input, int row, int columns) {
        double product = 0;
        double squareP = 0;
        double squareY = 0;
        for (int column = 0; column < columns; column++) {
            double p = input.prediction(row, column);
            double y = input.target(row, column);
            product += p * y;
            squareP += p * p;
            squareY += y * y;
        }
        return product / (Math.max(Math.sqrt(squareP), eps) * Math.max(Math.sqrt(squareY), eps));
    }
}
