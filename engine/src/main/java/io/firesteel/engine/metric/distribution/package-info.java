/**
 * Distributions of values as mergeable states, for metrics that need an order: exact up to a size, above it histograms whose bins
 * are the same for all data. Uses the parent package. Start at
 * {@link io.firesteel.engine.metric.distribution.Distributions}.
 */
package io.firesteel.engine.metric.distribution;
