package io.firesteel.engine.train;

import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.metric.set.MetricStates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metric states of each shard that this replica hosts. They are kept per shard and not per replica, so that merging
 * them in shard order gives the same bits for any number of replicas.
 */
final class ShardMetrics {
    private final Map<Integer, MetricStates> metrics = new LinkedHashMap<>();
    private final Map<Integer, Ledger> ledgers = new LinkedHashMap<>();

    ShardMetrics(MetricSet set, List<Integer> shards) {
        for (int shard : shards) {
            metrics.put(shard, set.zero());
            ledgers.put(shard, Ledger.EMPTY);
        }
    }

    /** Takes in a batch. */
    void update(Batch batch, MetricInput input) {
        ledgers.merge(batch.shard(), batch.ledger(), Ledger::merge);
        metrics.get(batch.shard()).update(input);
    }

    /** The states since the last {@link #reset()}. */
    List<ShardStates> states() {
        List<ShardStates> states = new ArrayList<>();
        metrics.forEach((shard, shardMetrics) -> {
            Map<String, byte[]> bytes = new LinkedHashMap<>();
            bytes.put(MergedMetrics.LEDGER, MergedMetrics.toBytes(ledgers.get(shard)));
            bytes.putAll(shardMetrics.toBytes());
            states.add(new ShardStates(shard, bytes));
        });
        return states;
    }

    /** Empties all states. */
    void reset() {
        ledgers.replaceAll((shard, ledger) -> Ledger.EMPTY);
        metrics.values().forEach(MetricStates::reset);
    }

    /** Goes on from states that {@link #states()} gave; those of shards that aren't hosted here are left alone. */
    void restore(List<ShardStates> states) {
        for (ShardStates shard : states) {
            if (metrics.containsKey(shard.shard())) {
                ledgers.put(
                        shard.shard(), MergedMetrics.fromBytes(shard.states().get(MergedMetrics.LEDGER)));
                metrics.get(shard.shard()).restore(shard.states());
            }
        }
    }
}
