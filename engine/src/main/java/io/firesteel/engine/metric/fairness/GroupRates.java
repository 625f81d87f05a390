package io.firesteel.engine.metric.fairness;

import io.firesteel.engine.metric.MetricValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One rate of each group, in [0, 1]: fields by the groups' names, in their order. {@code selectionRate} is how often the decision is
 * positive; {@code subgroup(of=…)} any {@link GroupRate}, {@code accuracy} unless set. As {@code MetricFrame.by_group} of <a
 * href="https://fairlearn.org/main/api_reference/generated/fairlearn.metrics.MetricFrame.html">Fairlearn</a> and, of two classes, Ignite's
 * SelectionRate and SubgroupMetric. Rates of groups of a few rows are mostly chance.
 */
final class GroupRates extends GroupMetric {
    private final GroupRate rate;

    GroupRates(String name, GroupScheme scheme, GroupRate rate) {
        super(name, scheme);
        this.rate = rate;
    }

    @Override
    MetricValue ofGroups(GroupCounts state) {
        Map<String, MetricValue> fields = new LinkedHashMap<>();
        state.groups().forEach((name, counts) -> fields.put(name, MetricValue.of(rate.of(counts))));
        return MetricValue.of(fields);
    }
}
