/**
 * Metrics that sum up numbers as they come: means, extremes, totals. Uses the parent package. Start at
 * {@link io.firesteel.engine.metric.aggregation.AggregationMetrics}.
 */
package io.firesteel.engine.metric.aggregation;
