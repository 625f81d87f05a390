package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.distribution.Steps;

/** Areas under curves of scores in order. */
final class Areas {
    private Areas() {}

    /**
     * The share of pairs of a positive and a negative row in which the positive one has the larger score; equal scores count half.
     * What pairs within a bin of several scores add is known to a half of their number only, which is the bound.
     */
    static Estimate roc(String metric, Steps steps, int positive, int negative) {
        double positives = 0;
        double negatives = 0;
        double won = 0;
        double unknown = 0;
        for (int step = 0; step < steps.size(); step++) {
            double p = steps.weight(step, positive);
            double n = steps.weight(step, negative);
            won += p * (negatives + n / 2);
            unknown += steps.isSingle(step) ? 0 : p * n / 2;
            positives += p;
            negatives += n;
        }
        if (positives == 0 || negatives == 0) {
            throw new NotComputableException("Cannot compute " + metric + ": no pair of a positive and a negative row"
                    + " (weights " + positives + " and " + negatives + ", expected both > 0)");
        }
        return new Estimate(won / positives / negatives, unknown / positives / negatives);
    }

    /**
     * The mean over positive rows of the precision among rows with at least their score. Within a bin of several scores precision
     * is least if all negative rows come first, and largest if they come last.
     */
    static Estimate averagePrecision(Steps steps) {
        double total = steps.total(Scores.POSITIVE);
        double positives = 0;
        double all = 0;
        double sum = 0;
        double bound = 0;
        for (int step = steps.size() - 1; step >= 0; step--) {
            double p = steps.weight(step, Scores.POSITIVE);
            double n = steps.weight(step, Scores.NEGATIVE);
            double tied = p == 0 ? 0 : p * (positives + p) / (all + p + n);
            if (!steps.isSingle(step) && p > 0) {
                double best = p * (positives + p) / (all + p);
                double worst = all + n == 0 ? tied : p * positives / (all + n);
                bound += Math.max(best - tied, tied - worst);
            }
            sum += tied;
            positives += p;
            all += p + n;
        }
        return total == 0 ? new Estimate(0, 0) : new Estimate(sum / total, bound / total);
    }
}
