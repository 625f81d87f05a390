/**
 * Metrics of probabilities and of how two sets of vectors depend on each other or differ: entropies and divergences in nats (natural
 * logarithms), similarities, kernel statistics. Predictions are probabilities or logits of C classes, of which a single column is that
 * of class 1 of two. Uses the parent package. Start at {@link io.firesteel.engine.metric.probabilistic.ProbabilisticMetrics}.
 */
package io.firesteel.engine.metric.probabilistic;
