package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.NotComputableException;

/**
 * Pearson's correlation, {@code sum(w (y - mean(y)) (p - mean(p))) / sqrt(sum(w (y - mean(y))^2) sum(w (p - mean(p))^2))}, in
 * [-1, 1]. Reads predictions (N, C), targets (N, C) and weights. Of constant targets or predictions there is none. Misleads as a measure
 * of errors: predictions that are all too large, or ten times so, correlate perfectly. As {@code scipy.stats.pearsonr} and Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.PearsonCorrelation.html">PearsonCorrelation</a>, which has
 * 0 for constants.
 */
final class Pearson extends CoMomentMetric {
    Pearson(String name, Multioutput multioutput) {
        super(name, "pearson", CoMoments.With.PREDICTIONS, multioutput);
    }

    @Override
    double value(CoMoment column) {
        checkSpread("targets", column.squareX(), column.meanX());
        checkSpread("predictions", column.squareY(), column.meanY());
        double correlation = column.product() / (Math.sqrt(column.squareX()) * Math.sqrt(column.squareY()));
        return Math.max(-1, Math.min(1, correlation));
    }

    private void checkSpread(String what, double square, double mean) {
        if (square == 0) {
            throw new NotComputableException("Cannot compute " + name() + ": the " + what + " are constant (" + mean
                    + ", expected at least two values)");
        }
    }
}
