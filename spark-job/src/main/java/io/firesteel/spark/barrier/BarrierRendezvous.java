package io.firesteel.spark.barrier;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.Relay;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ShardStates;
import io.firesteel.engine.train.StateMerger;
import io.firesteel.spark.coordinator.CoordinatorPlugin;
import io.firesteel.spark.coordinator.Member;
import io.firesteel.spark.coordinator.Membership;
import io.firesteel.spark.coordinator.ReplicaFailure;
import io.firesteel.spark.coordinator.SerializedForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;

/**
 * Rendezvous through Spark's own allGather, which takes a second, and metric merging between the peers: for a session that
 * was started without the coordinator's plugin. The driver then hears of the run when it ends.
 */
final class BarrierRendezvous implements Rendezvous {
    private final BarrierTaskContext context;
    private final StateMerger merger;

    BarrierRendezvous(BarrierTaskContext context, StateMerger merger) {
        this.context = context;
        this.merger = merger;
    }

    @Override
    public Membership join(Member member) {
        String[] all = context.allGather(Base64.getEncoder().encodeToString(SerializedForm.toBytes(member)));
        return new Membership(
                Arrays.stream(all)
                        .map(text ->
                                SerializedForm.fromBytes(Base64.getDecoder().decode(text), Member.class))
                        .toList(),
                "");
    }

    @Override
    public Coordination coordination(Communicator communicator) {
        return new Coordination() {
            @Override
            public Map<String, byte[]> merge(String key, List<ShardStates> local) {
                List<ShardStates> all = new ArrayList<>();
                for (byte[] states : communicator.allGather(SerializedForm.toBytes(new ArrayList<>(local)))) {
                    for (Object shard : SerializedForm.fromBytes(states, ArrayList.class)) {
                        all.add((ShardStates) shard);
                    }
                }
                return merger.merge(all);
            }

            @Override
            public void progress(Progress progress) {
                // Nobody listens.
            }

            @Override
            public void epochCompleted(EpochRecord epoch) {
                // The task's result carries the epochs.
            }

            @Override
            public void found(Finding finding) {
                // The task's result carries the findings.
            }

            @Override
            public Optional<String> stopAfter(int epoch) {
                throw withoutPlugin("ask handlers on the driver", "");
            }

            @Override
            public void checkpointCommitted(CheckpointRecord checkpoint) {
                // Without a commit log another attempt begins again.
            }
        };
    }

    @Override
    public Relay relay() {
        throw withoutPlugin("exchange through the driver", ", or set train.links.transport to auto");
    }

    private static IllegalStateException withoutPlugin(String what, String orElse) {
        return new IllegalStateException("Cannot " + what + ": this Spark session runs without the plugin "
                + CoordinatorPlugin.class.getName() + " (name it in spark.plugins" + orElse + ")");
    }

    @Override
    public void failed(ReplicaFailure failure) {
        // The task's result carries it.
    }
}
