package io.firesteel.engine.metric.fairness;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;

/**
 * A metric of the decisions on groups of rows; a subclass says which. Reads predictions (N, C), groups (N), weights and, unless the
 * scheme does without, classes (N).
 */
abstract class GroupMetric extends StateMetric<GroupCounts> {
    private final GroupScheme scheme;

    GroupMetric(String name, GroupScheme scheme) {
        super(name, scheme.stateName());
        this.scheme = scheme;
    }

    @Override
    public final GroupCounts zero() {
        return new GroupCounts(scheme);
    }

    @Override
    public final void update(GroupCounts state, MetricInput input) {
        scheme.add(state, input);
    }

    @Override
    protected final MetricValue value(GroupCounts state) {
        NotComputableException.checkWeight(name(), state.overall()[GroupCounts.WEIGHT], state.rows());
        return ofGroups(state);
    }

    /** Of at least one group. */
    abstract MetricValue ofGroups(GroupCounts state);

    @Override
    protected final GroupCounts read(StateInput input) {
        return GroupCounts.read(scheme, input);
    }
}
