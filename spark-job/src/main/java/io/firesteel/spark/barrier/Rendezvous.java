package io.firesteel.spark.barrier;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.Relay;
import io.firesteel.engine.train.Coordination;
import io.firesteel.spark.coordinator.Member;
import io.firesteel.spark.coordinator.Membership;
import io.firesteel.spark.coordinator.ReplicaFailure;

/**
 * How a task finds the others and agrees with them: through the coordinator where its plugin runs, else with what Spark
 * and the communicator offer.
 */
interface Rendezvous {
    /** Makes this replica known and waits for all others. Collective. */
    Membership join(Member member);

    /** The coordination of the training that follows. */
    Coordination coordination(Communicator communicator);

    /**
     * Carries what replicas exchange where they can't reach each other.
     *
     * @throws IllegalStateException if there is nobody to carry it
     */
    Relay relay();

    /** Tells that this replica ends with a failure. */
    void failed(ReplicaFailure failure);
}
