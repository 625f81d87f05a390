package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.WeightedMean;

/**
 * Peak signal-to-noise ratio in decibels: the mean over images, weighted, of {@code 10 * log10(dataRange^2 / mse)}, where
 * mse is the mean over all values of an image. Reads predictions and targets (N, C), C = channels * height * width in any
 * order, and weights. {@code dataRange} is the distance from the least to the largest possible value: 1, or 255 for bytes.
 *
 * <p>An image that equals its target makes the value infinite. {@code epsilon} is added to each mse: 0, the standard, is
 * the definition as scikit-image has it; 1e-10 gives the value of Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.PSNR.html">PSNR</a>, which is finite for equal images (100
 * for a range of 1). Misleads where eyes see structure rather than differences: {@code ssim}. The mean of ratios isn't the
 * ratio of the mean.
 */
final class Psnr extends MeanMetric {
    private final double peak;
    private final double epsilon;

    Psnr(MetricParameters parameters) {
        super(parameters.metricName());
        double range = parameters.number("dataRange");
        peak = range * range;
        epsilon = parameters.number("epsilon");
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        int columns = input.rows() == 0 ? 0 : input.pairedColumns(name());
        for (int row = 0; row < input.rows(); row++) {
            double squares = 0;
            for (int column = 0; column < columns; column++) {
                double difference = input.prediction(row, column) - input.target(row, column);
                squares += difference * difference;
            }
            double weight = input.weight(row);
            double decibels = 10 * Math.log10(peak / (squares / columns + epsilon));
            state.add(weight == 0 ? 0 : weight * decibels, weight);
        }
    }
}
