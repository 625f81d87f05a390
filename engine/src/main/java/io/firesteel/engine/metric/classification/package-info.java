/**
 * Metrics of classifiers: what they decide against what is so. Uses the parent package. Start at
 * {@link io.firesteel.engine.metric.classification.ClassificationMetrics}.
 */
package io.firesteel.engine.metric.classification;
