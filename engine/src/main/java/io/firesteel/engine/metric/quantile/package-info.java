/**
 * Metrics of the order of errors and of values: medians and other quantiles of errors, correlations of ranks. Uses the
 * parent package and {@code distribution}. Start at {@link io.firesteel.engine.metric.quantile.QuantileMetrics}.
 */
package io.firesteel.engine.metric.quantile;
