package io.firesteel.spark.barrier;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.Relay;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ShardStates;
import io.firesteel.spark.coordinator.CoordinatorClient;
import io.firesteel.spark.coordinator.CoordinatorException;
import io.firesteel.spark.coordinator.Member;
import io.firesteel.spark.coordinator.Membership;
import io.firesteel.spark.coordinator.ReplicaFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rendezvous and coordination through the driver, in milliseconds. */
final class CoordinatorRendezvous implements Rendezvous {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorRendezvous.class);

    private final CoordinatorClient client;

    CoordinatorRendezvous(CoordinatorClient client) {
        this.client = client;
    }

    @Override
    public Membership join(Member member) {
        return client.join(member);
    }

    @Override
    public Coordination coordination(Communicator communicator) {
        return new Coordination() {
            @Override
            public Map<String, byte[]> merge(String key, List<ShardStates> local) {
                return client.merge(key, local);
            }

            @Override
            public void progress(Progress progress) {
                client.progress(progress);
            }

            @Override
            public void epochCompleted(EpochRecord epoch) {
                client.epochCompleted(epoch);
            }

            @Override
            public void found(Finding finding) {
                client.found(finding);
            }

            @Override
            public Optional<String> stopAfter(int epoch) {
                return client.stopAfter(epoch);
            }

            @Override
            public void checkpointCommitted(CheckpointRecord checkpoint) {
                client.checkpointCommitted(checkpoint);
            }
        };
    }

    @Override
    public Relay relay() {
        return client::exchange;
    }

    @Override
    public void failed(ReplicaFailure failure) {
        try {
            client.failed(failure);
        } catch (CoordinatorException e) {
            // The failure itself travels in the task's result; this call only spares the driver the wait for it.
            LOG.warn("The driver doesn't hear of the failure of rank {} now: {}", failure.rank(), e.getMessage());
        }
    }
}
