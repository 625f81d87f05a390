/**
 * Metrics of images that a model restores or invents: pixel by pixel, or by what a network sees in them. A row is an image as
 * (channels, height, width) values, or its features. Uses the parent package. Start at
 * {@link io.firesteel.engine.metric.image.ImageMetrics}.
 */
package io.firesteel.engine.metric.image;
