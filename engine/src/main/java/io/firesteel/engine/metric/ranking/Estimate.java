package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricValue;
import java.util.List;

/**
 * A number and how far away the one of the exact order can be.
 *
 * @param value the number, in which equal scores and those of one bin count as ties
 * @param bound &gt;= 0; 0 where no bin has several scores
 */
record Estimate(double value, double bound) {
    static Estimate weightedMean(List<Estimate> estimates, double[] weights) {
        double value = 0;
        double bound = 0;
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            value += weights[i] * estimates.get(i).value;
            bound += weights[i] * estimates.get(i).bound;
            sum += weights[i];
        }
        return new Estimate(value / sum, bound / sum);
    }

    MetricValue toMetricValue(boolean binned) {
        return binned ? MetricValue.bounded(value, bound) : MetricValue.of(value);
    }
}
