package io.firesteel.engine.metric.image;

/**
 * Weighted means over a square window around each pixel, one pass along rows and one along columns, since a Gaussian is the
 * product of both.
 */
final class GaussianWindow {
    private final double[] weights;
    private final boolean padded;
    private final int height;
    private final int width;
    private final double[] rowMeans;

    /**
     * A window for planes of a shape.
     *
     * @param size of the window, odd
     * @param padded whether pixels at the border have means too, of an image that goes on as in a mirror
     */
    GaussianWindow(int size, double sigma, boolean padded, int height, int width) {
        this.padded = padded;
        this.height = height;
        this.width = width;
        weights = weights(size, sigma);
        rowMeans = new double[height * outputWidth()];
    }

    private static double[] weights(int size, double sigma) {
        double[] weights = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double distance = (i - size / 2) / sigma;
            weights[i] = Math.exp(-0.5 * distance * distance);
            sum += weights[i];
        }
        for (int i = 0; i < size; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** How many means there are. */
    int size() {
        return outputHeight() * outputWidth();
    }

    private int outputHeight() {
        return padded ? height : height - weights.length + 1;
    }

    private int outputWidth() {
        return padded ? width : width - weights.length + 1;
    }

    /** The means of a plane (height, width), into an array of {@link #size()}. */
    void means(double[] plane, double[] into) {
        int columns = outputWidth();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < columns; x++) {
                rowMeans[y * columns + x] = mean(plane, y * width, 1, first(x), width);
            }
        }
        for (int y = 0; y < outputHeight(); y++) {
            for (int x = 0; x < columns; x++) {
                into[y * columns + x] = mean(rowMeans, x, columns, first(y), height);
            }
        }
    }

    /** Where the window around an output begins; it may be outside. */
    private int first(int output) {
        return padded ? output - weights.length / 2 : output;
    }

    private double mean(double[] values, int offset, int stride, int first, int limit) {
        double mean = 0;
        for (int i = 0; i < weights.length; i++) {
            mean += weights[i] * values[offset + stride * mirrored(first + i, limit)];
        }
        return mean;
    }

    private static int mirrored(int index, int limit) {
        if (index < 0) {
            return -index;
        }
        return index < limit ? index : 2 * limit - 2 - index;
    }
}
