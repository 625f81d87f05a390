/**
 * Metrics of classifiers: what they decide against what is so, and how sure they are. Those of decisions read one confusion matrix,
 * {@code Confusion}. Uses the parent package. Start at {@link io.firesteel.engine.metric.classification.ClassificationMetrics}.
 */
package io.firesteel.engine.metric.classification;
