package io.firesteel.spark.coordinator;

import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import java.util.List;

/** What the driver hears of a run, in the order in which it happens, one call at a time. */
public interface RunListener {
    /** The barrier stage has begun an attempt; attempt 0 is the first. */
    void started(int attempt);

    /** All replicas of an attempt have read their rows and found each other. */
    void joined(int attempt, Membership membership);

    /** Rank 0 is inside an epoch. */
    void progress(Coordination.Progress progress);

    /**
     * An epoch is over. After a restart the same epoch may come again, with the same values; where handlers on the driver have
     * been told of it, it doesn't.
     */
    void epochCompleted(EpochRecord epoch);

    /** A checkpoint counts from now on. After a restart the same one may come again. */
    default void checkpointCommitted(CheckpointRecord checkpoint) {
        // Most listeners don't care.
    }

    /** A handler has found something out. After a restart a like finding may come again. */
    default void found(Finding finding) {
        // Most listeners don't care.
    }

    /** A replica has failed; the first of an attempt. */
    void failed(int attempt, ReplicaFailure failure);

    /** Tells several listeners, in order. */
    static RunListener of(RunListener... listeners) {
        List<RunListener> all = List.of(listeners);
        return new RunListener() {
            @Override
            public void started(int attempt) {
                all.forEach(listener -> listener.started(attempt));
            }

            @Override
            public void joined(int attempt, Membership membership) {
                all.forEach(listener -> listener.joined(attempt, membership));
            }

            @Override
            public void progress(Coordination.Progress progress) {
                all.forEach(listener -> listener.progress(progress));
            }

            @Override
            public void epochCompleted(EpochRecord epoch) {
                all.forEach(listener -> listener.epochCompleted(epoch));
            }

            @Override
            public void checkpointCommitted(CheckpointRecord checkpoint) {
                all.forEach(listener -> listener.checkpointCommitted(checkpoint));
            }

            @Override
            public void found(Finding finding) {
                all.forEach(listener -> listener.found(finding));
            }

            @Override
            public void failed(int attempt, ReplicaFailure failure) {
                all.forEach(listener -> listener.failed(attempt, failure));
            }
        };
    }
}
