package io.firesteel.spark.coordinator;

import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ShardStates;
import java.io.Serializable;
import java.util.List;

/** What a replica tells or asks the coordinator; Spark serializes it. */
sealed interface Message extends Serializable {
    /** Which run, which try at its barrier stage, and who speaks. */
    Sender sender();

    /**
     * Who speaks.
     *
     * @param attempt the barrier stage's attempt, from 0
     */
    record Sender(String runId, int attempt, int rank) implements Serializable {}

    /** An attempt has begun on this replica: what an earlier one left is over. No reply. */
    record Started(Sender sender) implements Message {}

    /** "I am here": the reply is a {@link Membership} once all are, {@link Pending} before. Asking again is harmless. */
    record Join(Sender sender, Member member) implements Message {}

    /** A replica's states for one merge; the reply is {@link MergedStates} once all have sent theirs, {@link Pending} before. */
    record Merge(Sender sender, String key, List<ShardStates> states) implements Message {
        public Merge {
            states = List.copyOf(states);
        }
    }

    /** Asks for a merge again; the reply is as for {@link Merge}. */
    record Poll(Sender sender, String key) implements Message {}

    /**
     * A replica's part of a relayed exchange; the reply is {@link Exchanged} once all have sent theirs, {@link Pending} before.
     *
     * @param number of the exchange, from 0 up by 1
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Exchange(Sender sender, long number, byte[] value) implements Message {}

    /** Asks for an exchange again; the reply is as for {@link Exchange}. */
    record PollExchange(Sender sender, long number) implements Message {}

    /** Where rank 0 stands inside an epoch; no reply. */
    record Progress(Sender sender, Coordination.Progress progress) implements Message {}

    /** An epoch is over. */
    record EpochCompleted(Sender sender, EpochRecord epoch) implements Message {}

    /** A handler of rank 0 has found something out. */
    record Found(Sender sender, Finding finding) implements Message {}

    /**
     * Asks what the driver's handlers have decided at the end of an epoch; the reply is a {@link
     * io.firesteel.engine.train.CoordinatorHandlers.Decision}, {@link Pending} before. Asking again is harmless.
     */
    record AskDecision(Sender sender, int epoch) implements Message {}

    /** A checkpoint is written whole: a later attempt goes on from it. */
    record CheckpointCommitted(Sender sender, CheckpointRecord checkpoint) implements Message {}

    /** A replica has failed and is about to end; the reply is the run's first failure. */
    record Failed(Sender sender, ReplicaFailure failure) implements Message {}
}
