package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.WeightedMean;

/**
 * Structural similarity: how alike images look in brightness, contrast and structure, in [-1, 1], 1 for equal ones. Around each
 * pixel, with means m, variances v and covariance c under a Gaussian window,
 *
 * <pre>
 * ssim = (2 * mx * my + c1) * (2 * cxy + c2) / ((mx^2 + my^2 + c1) * (vx + vy + c2)),   ci = (ki * dataRange)^2
 * </pre>
 *
 * averaged over pixels and channels, then over images, weighted. Reads predictions and targets (N, C), C = channels *
 * height * width in this order, and weights. Without {@code height} and {@code width} images are squares. {@code
 * border=reflect}, the standard as in Ignite, mirrors images at their border; {@code valid} leaves out pixels whose window
 * isn't wholly inside, as the paper, scikit-image ({@code gaussian_weights=True, use_sample_covariance=False}) and
 * TorchMetrics do: the two differ.
 *
 * <p>Set {@code dataRange} to that of the data, or the constants drown everything. Misleads on shifted or rotated images.
 * After Wang et al., <a href="https://doi.org/10.1109/TIP.2003.819861">Image Quality Assessment: From Error Visibility to
 * Structural Similarity</a>, with the values of Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.SSIM.html">SSIM</a>.
 */
final class Ssim extends MeanMetric {
    private final MetricParameters parameters;
    private final int kernel;
    private final boolean padded;
    private final double c1;
    private final double c2;

    Ssim(MetricParameters parameters) {
        super(parameters.metricName());
        this.parameters = parameters;
        kernel = parameters.integer("kernel");
        padded = parameters.text("border").equals("reflect");
        double range = parameters.number("dataRange");
        c1 = square(parameters.number("k1") * range);
        c2 = square(parameters.number("k2") * range);
        if (kernel % 2 == 0) {
            throw new IllegalArgumentException(
                    "Cannot set metric ssim: Invalid kernel: " + kernel + " (must be an odd number)");
        }
    }

    private static double square(double value) {
        return value * value;
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        ImageShape shape = ImageShape.of(parameters, input.pairedColumns(name()));
        Planes planes = new Planes(shape, window(shape));
        for (int row = 0; row < input.rows(); row++) {
            double sum = 0;
            for (int channel = 0; channel < shape.channels(); channel++) {
                planes.read(input, row, channel * shape.pixels());
                sum += planes.similarity();
            }
            double weight = input.weight(row);
            state.add(weight * sum / shape.channels(), weight);
        }
    }

    private GaussianWindow window(ImageShape shape) {
        int least = padded ? kernel / 2 + 1 : kernel;
        if (Math.min(shape.height(), shape.width()) < least) {
            throw new IllegalArgumentException("Cannot compute " + name() + ": images are too small for the kernel ("
                    + shape.height() + " x " + shape.width() + ", expected at least " + least + " x " + least
                    + "; set a smaller kernel)");
        }
        return new GaussianWindow(kernel, parameters.number("sigma"), padded, shape.height(), shape.width());
    }

    /** One channel of an image and of its target, and the means of their products. */
    private final class Planes {
        private final GaussianWindow window;
        private final double[] x;
        private final double[] y;
        private final double[] product;
        private final double[] meanX;
        private final double[] meanY;
        private final double[] meanXX;
        private final double[] meanYY;
        private final double[] meanXY;

        Planes(ImageShape shape, GaussianWindow window) {
            this.window = window;
            x = new double[shape.pixels()];
            y = new double[shape.pixels()];
            product = new double[shape.pixels()];
            meanX = new double[window.size()];
            meanY = new double[window.size()];
            meanXX = new double[window.size()];
            meanYY = new double[window.size()];
            meanXY = new double[window.size()];
        }

        void read(MetricInput input, int row, int firstColumn) {
            for (int i = 0; i < x.length; i++) {
                x[i] = input.prediction(row, firstColumn + i);
                y[i] = input.target(row, firstColumn + i);
            }
            window.means(x, meanX);
            window.means(y, meanY);
            means(x, x, meanXX);
            means(y, y, meanYY);
            means(x, y, meanXY);
        }

        private void means(double[] left, double[] right, double[] into) {
            for (int i = 0; i < product.length; i++) {
                product[i] = left[i] * right[i];
            }
            window.means(product, into);
        }

        double similarity() {
            double sum = 0;
            for (int i = 0; i < meanX.length; i++) {
                double means = meanX[i] * meanY[i];
                double squares = square(meanX[i]) + square(meanY[i]);
                double covariance = meanXY[i] - means;
                double variances = meanXX[i] + meanYY[i] - squares;
                sum += (2 * means + c1) * (2 * covariance + c2) / ((squares + c1) * (variances + c2));
            }
            return sum / meanX.length;
        }
    }
}
