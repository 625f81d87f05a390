package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import java.util.HashMap;
import java.util.Map;

/** The values of metrics for one computation of a set: each is computed once, however many entries ask for it. */
final class Operands {
    private final MetricStates states;
    private final Map<String, MetricValue> values;
    private final Map<String, NotComputableException> failures = new HashMap<>();

    /** @param known of metrics that have no state, by name */
    Operands(MetricStates states, MetricResults known) {
        this.states = states;
        this.values = new HashMap<>(known.values());
        known.problems().forEach((name, problem) -> failures.put(name, new NotComputableException(problem)));
    }

    MetricValue value(Metric<?> metric) {
        NotComputableException failure = failures.get(metric.name());
        if (failure != null) {
            throw failure;
        }
        MetricValue known = values.get(metric.name());
        if (known == null) {
            known = compute(metric);
            values.put(metric.name(), known);
        }
        return known;
    }

    private MetricValue compute(Metric<?> metric) {
        try {
            return states.compute(metric);
        } catch (NotComputableException e) {
            failures.put(metric.name(), e);
            throw e;
        }
    }
}
