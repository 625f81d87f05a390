package io.firesteel.spark.coordinator;

import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ShardStates;
import io.firesteel.engine.train.StateMerger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Messages as replicas send them, and a listener that writes down what it hears. */
final class Replicas {
    static final String RUN = "run-1";

    private Replicas() {}

    static Message.Sender sender(int attempt, int rank) {
        return new Message.Sender(RUN, attempt, rank);
    }

    static Message.Join join(int attempt, int rank) {
        return new Message.Join(sender(attempt, rank), member(rank));
    }

    static Member member(int rank) {
        Member.Shard shard = new Member.Shard(rank, new Ledger(10 + rank, rank), new Ledger(rank, 0));
        return new Member(rank, "host" + rank, "127.0.0.1", 4000 + rank, "cpu", List.of(shard));
    }

    static Message.Merge merge(int attempt, int rank, String key, long rows) {
        return new Message.Merge(sender(attempt, rank), key, List.of(ledger(rank, rows)));
    }

    /** A state that any merger knows: a ledger is two longs, and merging adds. */
    static ShardStates ledger(int shard, long rows) {
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(rows).putLong(shard).array();
        return new ShardStates(shard, Map.of("ledger", bytes));
    }

    static long rows(Map<String, byte[]> merged) {
        return ByteBuffer.wrap(merged.get("ledger")).getLong();
    }

    static StateMerger merger() {
        return StateMerger.of(MetricSet.of("loss"));
    }

    static ReplicaFailure failure(int rank, ReplicaFailure.Kind kind) {
        return new ReplicaFailure(rank, "host" + rank, kind, "failure of rank " + rank, "trace", 1000 + rank);
    }

    static EpochRecord epoch(int number) {
        return new EpochRecord(number, 10L * number, 0.5, Map.of("train.loss", 1.0 / number), new Ledger(10, 1));
    }

    /** Writes down what it hears. */
    static final class Notes implements RunListener {
        final List<String> heard;
        private final String name;

        Notes(String name, List<String> heard) {
            this.name = name;
            this.heard = heard;
        }

        @Override
        public void started(int attempt) {
            heard.add(name + "started " + attempt);
        }

        @Override
        public void joined(int attempt, Membership membership) {
            heard.add(name + "joined " + attempt + " by " + membership.members().size());
        }

        @Override
        public void progress(Coordination.Progress progress) {
            heard.add(name + "progress " + progress.iteration());
        }

        @Override
        public void epochCompleted(EpochRecord epoch) {
            heard.add(name + "epoch " + epoch.epoch());
        }

        @Override
        public void failed(int attempt, ReplicaFailure failure) {
            heard.add(name + "failed " + attempt + " on rank " + failure.rank());
        }
    }
}
