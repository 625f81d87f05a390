/**
 * Metrics of written text against what should have been written: overlap of n-grams, edit distances, surprise at the next token.
 * Uses the parent package. Start at {@link io.firesteel.engine.metric.text.TextMetrics}.
 */
package io.firesteel.engine.metric.text;
