/**
 * Metrics of numbers against the numbers that they should be. In formulas y is a target, p its prediction, d = y - p and w the
 * row's weight; rows of weight 0 are left out. Predictions and targets have the same columns, (N, C); a mean over several columns is
 * the mean of each column's value unless {@code multioutput} says otherwise, so that a value doesn't grow with the number of
 * columns (in Ignite mean squared and mean absolute error sum over the columns). Uses the parent package. Start at
 * {@link io.firesteel.engine.metric.regression.RegressionMetrics}.
 */
package io.firesteel.engine.metric.regression;
