package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.MetricInput;

/**
 * How far the distribution of predictions is from that of targets, whichever belongs to which, under a Gaussian kernel k, in [0, 1.42): 0
 * if they are the same. Reads predictions (N, C), targets (N, C) and weights; of more than {@code samples} different rows it is that of
 * a sample, whose standard error falls as 1 / sqrt(samples). With n rows, over 1, it is the root of
 *
 * <p>{@code sum over i != j of (k(p_i, p_j) + k(y_i, y_j)) / (n (n-1)) - 2 sum over all of k(p_i, y_j) / n^2}
 *
 * <p>or 0 if that is negative. The kernel's {@code variance} must fit the data: far below the squared distances of rows, or far above,
 * nothing can be told apart. As Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.MaximumMeanDiscrepancy.html">MaximumMeanDiscrepancy</a> of one batch of all
 * rows; after Gretton et al.: A Kernel Two-Sample Test, 2012.
 */
final class MaximumMeanDiscrepancy extends SampleMetric {
    private final GaussianKernel kernel;

    MaximumMeanDiscrepancy(String name, int samples, double variance) {
        super(name, samples);
        kernel = new GaussianKernel(variance);
    }

    @Override
    public void update(PairSample state, MetricInput input) {
        if (input.rows() > 0) {
            input.pairedColumns(name());
        }
        super.update(state, input);
    }

    @Override
    int leastWeight() {
        return 1;
    }

    @Override
    double of(double[][] predictions, double[][] targets, double[] weights, double n) {
        double alike = -2 * n;
        double across = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                double weight = weights[i] * weights[j];
                alike += weight * (kernel.of(predictions[i], predictions[j]) + kernel.of(targets[i], targets[j]));
                across += weight * kernel.of(predictions[i], targets[j]);
            }
        }
        return Math.sqrt(Math.max(0, alike / (n * (n - 1)) - 2 * across / (n * n)));
    }
}
