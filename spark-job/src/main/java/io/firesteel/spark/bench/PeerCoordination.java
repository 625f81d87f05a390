package io.firesteel.spark.bench;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ShardStates;
import io.firesteel.engine.train.StateMerger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replicas that agree among themselves, without a coordinator: for measurements, which nobody records. */
final class PeerCoordination implements Coordination {
    private final Communicator communicator;
    private final StateMerger merger;
    private Map<String, Double> metrics = Map.of();

    PeerCoordination(Communicator communicator, MetricSet metrics) {
        this.communicator = communicator;
        this.merger = StateMerger.of(metrics);
    }

    @Override
    public Map<String, byte[]> merge(String key, List<ShardStates> local) {
        List<ShardStates> all = new ArrayList<>();
        communicator.allGather(bytes(local)).forEach(states -> all.addAll(states(states)));
        return merger.merge(all);
    }

    @Override
    public void progress(Progress progress) {
        // Nobody looks at it.
    }

    @Override
    public void epochCompleted(EpochRecord epoch) {
        metrics = new LinkedHashMap<>(epoch.metrics());
    }

    @Override
    public void found(Finding finding) {
        // Nothing is looked for.
    }

    @Override
    public void checkpointCommitted(CheckpointRecord checkpoint) {
        // There are no checkpoints.
    }

    /** A metric after the last epoch, on the first rank; NaN on the others, which aren't told. */
    double last(String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }

    private static byte[] bytes(List<ShardStates> states) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(states.toArray(new ShardStates[0]));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write metric states: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    private static List<ShardStates> states(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return List.of((ShardStates[]) in.readObject());
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("Cannot read metric states: " + e.getMessage(), e);
        }
    }
}
