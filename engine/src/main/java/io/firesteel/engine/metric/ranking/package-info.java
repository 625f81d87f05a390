/**
 * Metrics of the order that scores bring things into: how well they tell classes apart (ROC and precision-recall curves
 * and the areas under them), and how well they rank the items of a query (recommendation, search). Uses the parent
 * package and {@code distribution}. Start at {@link io.firesteel.engine.metric.ranking.RankingMetrics}.
 */
package io.firesteel.engine.metric.ranking;
