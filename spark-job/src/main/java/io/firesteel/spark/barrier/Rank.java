package io.firesteel.spark.barrier;

import ai.djl.Device;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.CommunicatorOptions;
import io.firesteel.engine.comm.Group;
import io.firesteel.engine.comm.PeerListener;
import io.firesteel.engine.comm.Sealing;
import io.firesteel.engine.comm.Secret;
import io.firesteel.engine.train.StateMerger;
import io.firesteel.spark.config.Transport;
import io.firesteel.spark.coordinator.CoordinatorClient;
import io.firesteel.spark.coordinator.Membership;
import io.firesteel.spark.coordinator.ReplicaFailure;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.TaskKilledException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task of a barrier stage as the others know it: its number, its host, how it meets and reaches them, and how it tells
 * that it fails. Made on the task's thread and used there alone.
 */
public final class Rank {
    private static final Logger LOG = LoggerFactory.getLogger(Rank.class);

    private final Meeting meeting;
    private final int number;
    private final BarrierTaskContext context = BarrierTaskContext.get();
    private final TaskHost host = TaskHost.of(context);
    private final Rendezvous rendezvous;

    Rank(Meeting meeting, int number, StateMerger merger) {
        this.meeting = meeting;
        this.number = number;
        this.rendezvous = rendezvous(merger);
    }

    /** This rank, from 0. */
    public int number() {
        return number;
    }

    /** The process that this task runs in, by host and process number. */
    public String process() {
        return host.name() + " " + ProcessHandle.current().pid();
    }

    /**
     * Meets the other ranks of the stage, which must all do so, and connects to them. Collective.
     *
     * @param adjust changes how to communicate; deadlines and cancellation are set already
     * @return the communicator; the caller closes it
     */
    public Communicator meet(UnaryOperator<CommunicatorOptions.Builder> adjust) throws IOException {
        try (PeerListener listener = host.listen()) {
            Membership membership =
                    rendezvous.join(host.member(number, listener, host.describe(Device.cpu()), List.of()));
            return connect(listener, membership, adjust);
        }
    }

    /** Connects to the members of the stage. Collective; the caller closes the communicator. */
    Communicator connect(
            PeerListener listener, Membership membership, UnaryOperator<CommunicatorOptions.Builder> adjust) {
        if (membership.members().size() == 1) {
            return Communicator.local();
        }
        CommunicatorOptions.Builder options = CommunicatorOptions.builder()
                .optConnectDeadline(meeting.connectTimeout())
                .optOperationDeadline(meeting.communicationTimeout())
                .optCancellation(this::stopIfKilled);
        if (meeting.links().transport() == Transport.DRIVER) {
            return Communicator.relayed(number, membership.members().size(), rendezvous.relay(), options.build());
        }
        return connect(listener, membership, adjust.apply(linked(options)).build());
    }

    private CommunicatorOptions.Builder linked(CommunicatorOptions.Builder options) {
        boolean encrypts = host.security(meeting.secret()).sealing() == Sealing.ENCRYPTION;
        if (meeting.links().transport() == Transport.SOCKETS) {
            options.optSharedMemoryBytes(0);
        }
        Sealing unencrypted = meeting.links().checksum() ? Sealing.CHECKSUM : Sealing.NONE;
        return options.optSealing(encrypts ? Sealing.ENCRYPTION : unencrypted);
    }

    private Communicator connect(PeerListener listener, Membership membership, CommunicatorOptions options) {
        Secret secret = host.security(meeting.secret()).secret();
        List<io.firesteel.engine.comm.Member> peers =
                membership.members().stream().map(host::peer).toList();
        return listener.connect(new Group(meeting.runId(), attempt(), number, peers, secret, options));
    }

    TaskHost host() {
        return host;
    }

    Rendezvous rendezvous() {
        return rendezvous;
    }

    /** Never throws what another attempt wouldn't cure: a failure of the run is a result, too. */
    <R> R run(Callable<R> body, Function<ReplicaFailure, R> failed) {
        try {
            return body.call();
        } catch (Exception | LinkageError | AssertionError e) {
            stopIfKilled();
            ReplicaFailure failure = ReplicaFailure.of(number, host.name(), e);
            LOG.error("Rank {} on {} ends: {}", number, host.name(), failure.message(), e);
            rendezvous.failed(failure);
            return failed.apply(failure);
        }
    }

    private Rendezvous rendezvous(StateMerger merger) {
        if (!CoordinatorClient.available()) {
            return new BarrierRendezvous(context, merger);
        }
        CoordinatorClient client = new CoordinatorClient(
                meeting.runId(),
                attempt(),
                number,
                meeting.startTimeout(),
                meeting.communicationTimeout(),
                this::stopIfKilled);
        client.started();
        return new CoordinatorRendezvous(client);
    }

    private int attempt() {
        return context.stageAttemptNumber();
    }

    /** A killed task ends as Spark wants it to, whatever exception the kill surfaced as. */
    private void stopIfKilled() {
        if (context.isInterrupted()) {
            throw new TaskKilledException("the barrier stage's attempt is over");
        }
    }
}
