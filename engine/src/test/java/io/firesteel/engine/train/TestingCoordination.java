package io.firesteel.engine.train;

import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.metric.set.MetricSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The coordinator of replicas that are threads of this JVM: one object for all of them. */
final class TestingCoordination implements Coordination {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final int replicas;
    private final StateMerger merger;
    private final Map<String, List<List<ShardStates>>> waiting = new LinkedHashMap<>();
    private final Map<String, Map<String, byte[]>> merged = new LinkedHashMap<>();
    private final List<EpochRecord> epochs = new ArrayList<>();
    private final List<Progress> progress = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Committed> committed = new ArrayList<>();
    private final Consumer<Committed> onCommit;
    private boolean abandoned;

    /** A checkpoint that a run has recorded. */
    record Committed(String location, long iteration) {}

    TestingCoordination(int replicas, MetricSet metrics) {
        this(replicas, metrics, checkpoint -> {
            throw new AssertionError("No checkpoint is due, but there is " + checkpoint);
        });
    }

    /** @param onCommit told of each checkpoint while it is recorded */
    TestingCoordination(int replicas, MetricSet metrics, Consumer<Committed> onCommit) {
        this.replicas = replicas;
        this.onCommit = onCommit;
        this.merger = StateMerger.of(metrics);
    }

    @Override
    public synchronized Map<String, byte[]> merge(String key, List<ShardStates> local) {
        List<List<ShardStates>> arrived = waiting.computeIfAbsent(key, name -> new ArrayList<>());
        arrived.add(local);
        if (arrived.size() > replicas) {
            throw new AssertionError("Key used twice: " + key);
        }
        if (arrived.size() == replicas) {
            merged.put(key, merger.merge(arrived.stream().flatMap(List::stream).toList()));
            notifyAll();
        }
        await(key);
        return merged.get(key);
    }

    /** A replica has failed: the others needn't wait for it. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    @Override
    public synchronized void progress(Progress now) {
        progress.add(now);
    }

    @Override
    public synchronized void epochCompleted(EpochRecord epoch) {
        epochs.add(epoch);
    }

    synchronized List<EpochRecord> epochs() {
        return List.copyOf(epochs);
    }

    synchronized List<Progress> progress() {
        return List.copyOf(progress);
    }

    synchronized Set<String> keys() {
        return new HashSet<>(merged.keySet());
    }

    private void await(String key) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!merged.containsKey(key)) {
            long left = deadline - System.nanoTime();
            if (abandoned || left <= 0) {
                throw new IllegalStateException(
                        "Cannot merge " + key + ": a replica has " + (abandoned ? "failed" : "not come within 30 s"));
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Cannot merge " + key + ": interrupted", e);
            }
        }
    }

    @Override
    public synchronized void found(Finding finding) {
        findings.add(finding);
    }

    synchronized List<Finding> findings() {
        return List.copyOf(findings);
    }

    @Override
    public synchronized void checkpointCommitted(CheckpointRecord written) {
        Committed checkpoint = new Committed(written.location(), written.iteration());
        onCommit.accept(checkpoint);
        committed.add(checkpoint);
    }

    synchronized List<Committed> committed() {
        return List.copyOf(committed);
    }
}
