package io.firesteel.engine.metric.quantile;

import io.firesteel.engine.metric.NotComputableException;

/**
 * Spearman's rank correlation, in [-1, 1]: the Pearson correlation of the ranks of predictions and of targets, where equal
 * values share the mean of their ranks. 1 if predictions rise whenever targets do, however they are scaled. A row of weight w counts as w
 * rows: its rank is the weight below it and half the weight of its equals. Refused if predictions or targets are all the same,
 * where SciPy says NaN.
 *
 * <p>Of a sample, the standard error is {@code (1 - r^2) * sqrt((1 + r^2 / 2) / (n - 3))} (Bonett and Wright 2000), n being {@link
 * PairMeasure#effectiveRows}. Misleads where many values are equal, and says nothing of the size of errors. Equals
 * <a href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.spearmanr.html">scipy.stats.spearmanr</a> and Ignite's
 * SpearmanRankCorrelation.
 */
final class Spearman implements PairMeasure {
    @Override
    public SampledValue of(String metric, Pairs pairs, double meanTarget) {
        double[] weights = pairs.weights();
        double r = correlation(ranks(pairs.predictions(), weights), ranks(pairs.targets(), weights), weights);
        if (Double.isNaN(r)) {
            throw new NotComputableException("Cannot compute " + metric
                    + ": predictions or targets are all the same (1 value, expected at least 2)");
        }
        double free = Math.max(1, PairMeasure.effectiveRows(weights) - 3);
        return new SampledValue(r, (1 - r * r) * Math.sqrt((1 + r * r / 2) / free));
    }

    private static double[] ranks(double[] values, double[] weights) {
        int[] order = Order.of(values).sort(values.length);
        double[] ranks = new double[values.length];
        double below = 0;
        for (int from = 0, to; from < order.length; from = to) {
            double equal = 0;
            for (to = from; to < order.length && values[order[to]] == values[order[from]]; to++) {
                equal += weights[order[to]];
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = below + equal / 2;
            }
            below += equal;
        }
        return ranks;
    }

    /** NaN if either is constant. */
    private static double correlation(double[] x, double[] y, double[] weights) {
        double meanX = mean(x, weights);
        double meanY = mean(y, weights);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += weights[i] * dx * dx;
            yy += weights[i] * dy * dy;
            xy += weights[i] * dx * dy;
        }
        return Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy)));
    }

    private static double mean(double[] values, double[] weights) {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
            weight += weights[i];
        }
        return sum / weight;
    }
}
