package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.MetricParameters;

/**
 * How a row's values make an image.
 *
 * @param channels the planes that follow each other
 * @param height rows of pixels in each of them
 * @param width pixels of each row
 */
record ImageShape(int channels, int height, int width) {
    /** The shape of so many values; a height or width that isn't given follows from them, and an image without both is a square. */
    static ImageShape of(MetricParameters parameters, int columns) {
        int channels = parameters.integer("channels");
        int pixels = columns / channels;
        int height = parameters.has("height") ? parameters.integer("height") : 0;
        int width = parameters.has("width") ? parameters.integer("width") : 0;
        if (height == 0) {
            height = width == 0 ? (int) Math.round(Math.sqrt(pixels)) : pixels / width;
        }
        if (width == 0) {
            width = pixels / Math.max(1, height);
        }
        if ((long) channels * height * width != columns) {
            throw new IllegalArgumentException("Cannot compute " + parameters.metricName()
                    + ": predictions are no images of that shape (" + columns + " columns, expected channels "
                    + channels + " x height " + height + " x width " + width + "; set them)");
        }
        return new ImageShape(channels, height, width);
    }

    int pixels() {
        return height * width;
    }
}
