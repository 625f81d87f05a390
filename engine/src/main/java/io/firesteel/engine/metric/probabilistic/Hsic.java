package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.NotComputableException;

/**
 * The Hilbert-Schmidt independence criterion of predictions and targets under Gaussian kernels, in [0, 1]: 0 if they are independent,
 * larger the more one tells about the other, in whatever way. Reads predictions (N, C), targets (N, L) and weights; of more than {@code
 * samples} different rows it is that of a sample, whose standard error falls as 1 / sqrt(samples). The unbiased estimate of Song et
 * al.: Feature Selection via Dependence Maximization, 2012, equation 5,
 *
 * <p>{@code (tr(K L) + 1'K1 1'L1 / ((n-1)(n-2)) - 2 1'K L1 / (n-2)) / (n (n-3))}
 *
 * <p>where K and L are the kernels' values of all pairs, 0 on the diagonal, and n is the number of rows, over 3; a negative one is 0.
 * A kernel's width is {@code sigmaX} (of predictions) or {@code sigmaY} (of targets), or the root of the median squared distance. Values of
 * other widths, or of data of other spread, can't be compared. As Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.HSIC.html">HSIC</a> of one batch of all rows.
 */
final class Hsic extends SampleMetric {
    private final double sigmaX;
    private final double sigmaY;

    /** Of parameters {@code sigmaX} and {@code sigmaY}, which may be missing. */
    Hsic(MetricParameters parameters) {
        super(parameters.metricName(), parameters.integer(SAMPLES.name()));
        sigmaX = parameters.has("sigmaX") ? parameters.number("sigmaX") : 0;
        sigmaY = parameters.has("sigmaY") ? parameters.number("sigmaY") : 0;
    }

    @Override
    int leastWeight() {
        return 3;
    }

    @Override
    double of(double[][] predictions, double[][] targets, double[] weights, double n) {
        GaussianKernel kernelX = kernel("predictions", "sigmaX", sigmaX, predictions, weights);
        GaussianKernel kernelY = kernel("targets", "sigmaY", sigmaY, targets, weights);
        double trace = 0;
        double sumK = 0;
        double sumL = 0;
        double product = 0;
        for (int i = 0; i < weights.length; i++) {
            double rowK = -1;
            double rowL = -1;
            double rowTrace = -1;
            for (int j = 0; j < weights.length; j++) {
                double k = kernelX.of(predictions[i], predictions[j]);
                double l = kernelY.of(targets[i], targets[j]);
                rowK += weights[j] * k;
                rowL += weights[j] * l;
                rowTrace += weights[j] * k * l;
            }
            trace += weights[i] * rowTrace;
            sumK += weights[i] * rowK;
            sumL += weights[i] * rowL;
            product += weights[i] * rowK * rowL;
        }
        double hsic = trace + sumK * sumL / ((n - 1) * (n - 2)) - 2 * product / (n - 2);
        return Math.max(0, hsic / (n * (n - 3)));
    }

    private GaussianKernel kernel(String what, String parameter, double sigma, double[][] rows, double[] weights) {
        double variance = sigma > 0 ? sigma * sigma : GaussianKernel.medianSquaredDistance(rows, weights);
        if (variance == 0) {
            throw new NotComputableException("Cannot compute " + name() + ": the median distance of " + what
                    + " is 0 (expected more than 0; the parameter " + parameter + " sets the kernel's width)");
        }
        return new GaussianKernel(variance);
    }
}
