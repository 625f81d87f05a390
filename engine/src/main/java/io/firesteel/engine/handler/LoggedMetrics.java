package io.firesteel.engine.handler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Values of a run at one moment.
 *
 * @param engine name of the engine
 * @param epoch that runs or ran last, from 1
 * @param iteration that runs or ran last, from 1
 * @param values by name, in the order in which they are to be shown; NaN is a value
 */
public record LoggedMetrics(String engine, long epoch, long iteration, Map<String, Double> values) {
    public LoggedMetrics {
        Objects.requireNonNull(engine, "engine");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
