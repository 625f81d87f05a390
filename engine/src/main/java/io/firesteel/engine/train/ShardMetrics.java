package io.firesteel.engine.train;

import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metric states of each shard that this replica hosts. They are kept per shard and not per replica, so that merging
 * them in shard order gives the same bits for any number of replicas.
 */
final class ShardMetrics {
    private final Map<Integer, List<Accumulator<?>>> accumulators = new LinkedHashMap<>();
    private final Map<Integer, Ledger> ledgers = new LinkedHashMap<>();

    ShardMetrics(List<Metric<?>> metrics, List<Integer> shards) {
        for (int shard : shards) {
            List<Accumulator<?>> states = new ArrayList<>();
            metrics.forEach(metric -> states.add(new Accumulator<>(metric)));
            accumulators.put(shard, states);
            ledgers.put(shard, Ledger.EMPTY);
        }
    }

    /** Takes in a batch. */
    void update(Batch batch, MetricInput input) {
        ledgers.merge(batch.shard(), batch.ledger(), Ledger::merge);
        for (Accumulator<?> accumulator : accumulators.get(batch.shard())) {
            accumulator.update(input);
        }
    }

    /** The states since the last {@link #reset()}. */
    List<ShardStates> states() {
        List<ShardStates> states = new ArrayList<>();
        accumulators.forEach((shard, metrics) -> {
            Map<String, byte[]> bytes = new LinkedHashMap<>();
            bytes.put(MergedMetrics.LEDGER, MergedMetrics.toBytes(ledgers.get(shard)));
            metrics.forEach(metric -> bytes.put(metric.metric.name(), metric.toBytes()));
            states.add(new ShardStates(shard, bytes));
        });
        return states;
    }

    /** Empties all states. */
    void reset() {
        ledgers.replaceAll((shard, ledger) -> Ledger.EMPTY);
        accumulators.values().forEach(metrics -> metrics.forEach(Accumulator::reset));
    }

    /** Goes on from states that {@link #states()} gave; those of shards that aren't hosted here are left alone. */
    void restore(List<ShardStates> states) {
        for (ShardStates shard : states) {
            if (accumulators.containsKey(shard.shard())) {
                ledgers.put(
                        shard.shard(), MergedMetrics.fromBytes(shard.states().get(MergedMetrics.LEDGER)));
                accumulators
                        .get(shard.shard())
                        .forEach(metric -> metric.fromBytes(shard.states().get(metric.metric.name())));
            }
        }
    }

    private static final class Accumulator<S> {
        private final Metric<S> metric;
        private S state;

        Accumulator(Metric<S> metric) {
            this.metric = metric;
            this.state = metric.zero();
        }

        void update(MetricInput input) {
            metric.update(state, input);
        }

        void reset() {
            state = metric.zero();
        }

        byte[] toBytes() {
            return metric.toBytes(state);
        }

        void fromBytes(byte[] bytes) {
            state = metric.fromBytes(bytes);
        }
    }
}
