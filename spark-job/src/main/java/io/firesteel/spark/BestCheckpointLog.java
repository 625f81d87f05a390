package io.firesteel.spark;

import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.engine.train.BestCheckpoints;
import io.firesteel.engine.train.CheckpointRecord;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Of the checkpoints that a run has recorded, those that are there for their scores. */
final class BestCheckpointLog {
    private final BestCheckpoints policy;
    private final NavigableMap<Long, CheckpointRecord> scored = new TreeMap<>();

    BestCheckpointLog(BestCheckpoints policy) {
        this.policy = policy;
    }

    /** Notes a checkpoint; a restart may repeat one. */
    synchronized void add(CheckpointRecord checkpoint) {
        if (checkpoint.hasScore()) {
            scored.put(checkpoint.iteration(), checkpoint);
        }
    }

    /** What replicas have kept, best first; of equal ones the earlier. */
    synchronized List<CheckpointRecord> kept() {
        Comparator<CheckpointRecord> worse = Comparator.comparingDouble(CheckpointRecord::score);
        return scored.values().stream()
                .sorted(policy.mode() == Mode.MIN ? worse : worse.reversed())
                .limit(policy.keep())
                .toList();
    }
}
