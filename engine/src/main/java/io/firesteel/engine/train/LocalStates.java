package io.firesteel.engine.train;

import io.firesteel.engine.optim.OptimizerState;
import java.util.LinkedHashMap;
import java.util.Map;

/** The state of the shards' optimizer and that of the outer one, as one: the outer one's slots have a name in front. */
final class LocalStates {
    private static final String OUTER = "outer.";

    private LocalStates() {}

    static OptimizerState join(OptimizerState inner, OptimizerState outer) {
        Map<String, float[]> slots = new LinkedHashMap<>(inner.slots());
        outer.slots().forEach((name, values) -> slots.put(OUTER + name, values));
        return new OptimizerState(inner.steps(), slots);
    }

    static OptimizerState inner(OptimizerState joined) {
        Map<String, float[]> slots = new LinkedHashMap<>(joined.slots());
        slots.keySet().removeIf(name -> name.startsWith(OUTER));
        return new OptimizerState(joined.steps(), slots);
    }

    static OptimizerState outer(OptimizerState joined) {
        Map<String, float[]> slots = new LinkedHashMap<>();
        joined.slots().forEach((name, values) -> {
            if (name.startsWith(OUTER)) {
                slots.put(name.substring(OUTER.length()), values);
            }
        });
        return new OptimizerState(1, slots);
    }
}
