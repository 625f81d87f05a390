package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.MetricValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The values of a set's entries.
 *
 * @param values by the entries' names, in order; NaN where there is none
 * @param problems why there is none, by the entries' names
 */
public record MetricResults(Map<String, MetricValue> values, Map<String, String> problems) {
    public MetricResults {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
    }

    /** Of all that has a value, or a reason for having none. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(values.keySet());
        names.addAll(problems.keySet());
        return names;
    }

    /** All numbers, those of values that have several under names of their own: {@link MetricValue#flatten}. */
    public Map<String, Double> flatten() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        values.forEach((name, value) -> value.visit(name, numbers::put));
        return numbers;
    }
}
