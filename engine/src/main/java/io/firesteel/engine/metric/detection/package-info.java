/**
 * Metrics of object detection: boxes found in images against those that are there. A row is one box, found or true; its
 * group is the image, its class the category. Uses the parent package. Start at {@link
 * io.firesteel.engine.metric.detection.DetectionMetrics}.
 */
package io.firesteel.engine.metric.detection;
