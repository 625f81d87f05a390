package io.firesteel.spark.barrier;

import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ShardStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the epochs and findings that pass through, so that the task's result has them even where no coordinator listens. */
final class EpochLog implements Coordination {
    private final Coordination coordination;
    private final List<EpochRecord> completed = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private final boolean coordinated;

    /** @param coordinated whether handlers on the driver have a say */
    EpochLog(Coordination coordination, boolean coordinated) {
        this.coordination = coordination;
        this.coordinated = coordinated;
    }

    List<EpochRecord> completed() {
        return new ArrayList<>(completed);
    }

    List<Finding> findings() {
        return new ArrayList<>(findings);
    }

    @Override
    public Map<String, byte[]> merge(String key, List<ShardStates> local) {
        return coordination.merge(key, local);
    }

    @Override
    public void progress(Progress progress) {
        coordination.progress(progress);
    }

    @Override
    public void epochCompleted(EpochRecord epoch) {
        completed.add(epoch);
        coordination.epochCompleted(epoch);
    }

    @Override
    public void found(Finding finding) {
        findings.add(finding);
        coordination.found(finding);
    }

    @Override
    public Optional<String> stopAfter(int epoch) {
        return coordinated ? coordination.stopAfter(epoch) : Optional.empty();
    }

    @Override
    public void checkpointCommitted(CheckpointRecord checkpoint) {
        coordination.checkpointCommitted(checkpoint);
    }
}
