package io.firesteel.engine.train;

import io.firesteel.engine.metric.set.MetricSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Merges the states of all shards, in the order of the shards' numbers. */
public final class StateMerger {
    private final Map<String, BinaryOperator<byte[]>> merges;

    private StateMerger(Map<String, BinaryOperator<byte[]>> merges) {
        this.merges = Map.copyOf(merges);
    }

    /** Merges the states of these metrics, and the ledgers that travel with them. */
    public static StateMerger of(MetricSet metrics) {
        return new StateMerger(MergedMetrics.merges(metrics));
    }

    /**
     * Folds the states of each name from the lowest shard to the highest.
     *
     * @throws IllegalArgumentException if a state has a name that this merger doesn't know
     */
    public Map<String, byte[]> merge(List<ShardStates> shards) {
        Map<String, byte[]> merged = new LinkedHashMap<>();
        shards.stream()
                .sorted(Comparator.comparingInt(ShardStates::shard))
                .forEach(shard -> shard.states().forEach((name, state) -> merged.merge(name, state, operator(name))));
        return merged;
    }

    private BinaryOperator<byte[]> operator(String name) {
        BinaryOperator<byte[]> operator = merges.get(name);
        if (operator == null) {
            throw new IllegalArgumentException(
                    "Cannot merge state " + name + ": no such state (expected one of " + merges.keySet() + ")");
        }
        return operator;
    }
}
