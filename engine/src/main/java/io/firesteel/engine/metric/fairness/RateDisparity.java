package io.firesteel.engine.metric.fairness;

import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;

/**
 * How far apart one rate of the groups is, in [0, 1]. {@code method} says from what: {@code betweenGroups} is the largest less the
 * smallest rate, or the smallest over the largest; {@code toOverall} the largest distance, or the smallest ratio, to the rate of all rows.
 *
 * <ul>
 *   <li>{@code demographicParityDifference}, {@code demographicParityRatio}: of selection rates, as <a
 *       href="https://fairlearn.org/main/api_reference/generated/fairlearn.metrics.demographic_parity_difference.html">Fairlearn's</a>.
 *       Say nothing of whether decisions are right.
 *   <li>{@code equalOpportunityDifference}, {@code equalOpportunityRatio}: of recalls, as Fairlearn's.
 *   <li>{@code subgroupDifference(of=…)}, {@code subgroupRatio(of=…)}: of any {@link GroupRate}, accuracy unless set, as {@code
 *       MetricFrame.difference} and Ignite's SubgroupDifference.
 * </ul>
 *
 * <p>The largest difference of many small groups is large by chance alone. A ratio of rates that are all 0 has no value.
 */
final class RateDisparity extends GroupMetric {
    private final GroupRate rate;
    private final Disparity disparity;
    private final String method;

    RateDisparity(MetricParameters parameters, GroupScheme scheme, GroupRate rate, Disparity disparity) {
        super(parameters.metricName(), scheme);
        this.rate = rate;
        this.disparity = disparity;
        this.method = parameters.text(Disparity.METHOD.name());
    }

    @Override
    MetricValue ofGroups(GroupCounts state) {
        double value = disparity.of(rate, state, method);
        if (Double.isNaN(value)) {
            throw new NotComputableException("Cannot compute " + name() + ": " + rate.text() + " is 0 in every group ("
                    + state.groups().size() + " groups, expected one over 0)");
        }
        return MetricValue.of(value);
    }
}
