package io.firesteel.spark.barrier;

import ai.djl.Device;
import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.HadoopCheckpointStore;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.CommunicatorOptions;
import io.firesteel.engine.comm.Group;
import io.firesteel.engine.comm.PeerListener;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.HostedShard;
import io.firesteel.engine.train.ReplicaOutcome;
import io.firesteel.engine.train.ReplicaTraining;
import io.firesteel.engine.train.StateMerger;
import io.firesteel.engine.train.WeightBroadcast;
import io.firesteel.spark.coordinator.CoordinatorClient;
import io.firesteel.spark.coordinator.Member;
import io.firesteel.spark.coordinator.Membership;
import io.firesteel.spark.coordinator.ReplicaFailure;
import io.firesteel.spark.ingest.ShardReader;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one barrier task: one replica from its rows to its result. It reads from top to bottom: read the rows, meet
 * the others, build the network, train.
 */
final class ReplicaTask {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaTask.class);

    private final ReplicaPlan plan;
    private final int rank;
    private final BarrierTaskContext context = BarrierTaskContext.get();
    private final TaskHost host = TaskHost.of(context);
    private final Rendezvous rendezvous;

    ReplicaTask(ReplicaPlan plan, int rank) {
        this.plan = plan;
        this.rank = rank;
        this.rendezvous = rendezvous();
    }

    /** Never throws what another attempt wouldn't cure: a failure of the run is a result, too. */
    ReplicaResult run(Iterator<InternalRow> rows) {
        try {
            return train(rows);
        } catch (Exception | LinkageError | AssertionError e) {
            stopIfKilled();
            ReplicaFailure failure = ReplicaFailure.of(rank, host.name(), e);
            LOG.error("Rank {} on {} ends: {}", rank, host.name(), failure.message(), e);
            rendezvous.failed(failure);
            return ReplicaResult.failed(rank, failure);
        }
    }

    private ReplicaResult train(Iterator<InternalRow> rows) throws Exception {
        Device device = host.device(plan.device());
        Torch.start(host.threads());
        try (Shards shards = new Shards(read(rows));
                PeerListener listener = host.listen();
                Network network = plan.training().network(device)) {
            Membership membership = rendezvous.join(member(shards.hosted(), listener, device));
            plan.checkRows(membership);
            try (Communicator communicator = connect(listener, membership)) {
                WeightBroadcast.fromFirstRank(network, communicator);
                return train(shards.hosted(), network, membership, communicator);
            }
        }
    }

    private ReplicaResult train(
            List<HostedShard> shards, Network network, Membership membership, Communicator communicator) {
        EpochLog epochs = new EpochLog(rendezvous.coordination(communicator));
        try (ReplicaTraining training = new ReplicaTraining(
                plan.training(),
                network,
                shards,
                membership.trainingRows(),
                membership.validationRows(),
                communicator,
                epochs,
                checkpoints())) {
            plan.training().setups().forEach(training::attach);
            if (!membership.checkpoint().isEmpty()) {
                training.resumeFrom(membership.checkpoint());
            }
            ReplicaOutcome outcome = training.run();
            WeightBytes weights =
                    rank == 0 ? new WeightBytes(WeightFile.of(network).toBytes()) : WeightBytes.NONE;
            List<EpochRecord> completed = rank == 0 ? epochs.completed() : List.of();
            return new ReplicaResult(rank, null, outcome, membership, completed, weights);
        }
    }

    private CheckpointStore checkpoints() {
        return new HadoopCheckpointStore(ArtifactDirectory.of(plan.checkpoints(), host.hadoop()));
    }

    private List<HostedShard> read(Iterator<InternalRow> rows) {
        ShardReader reader = new ShardReader(plan.decoder(), host.spillDirectory(), host.memoryForRows());
        return reader.read(rows, plan.assignment().shardsOf(rank));
    }

    private Member member(List<HostedShard> shards, PeerListener listener, Device device) {
        List<Member.Shard> rows = shards.stream()
                .map(shard -> new Member.Shard(
                        shard.number(),
                        shard.training().ledger(),
                        shard.validation().ledger()))
                .toList();
        String address = listener.address().getAddress().getHostAddress();
        return new Member(rank, host.name(), address, listener.address().getPort(), host.describe(device), rows);
    }

    private Communicator connect(PeerListener listener, Membership membership) {
        if (membership.members().size() == 1) {
            return Communicator.local();
        }
        LinkSecurity security = host.security(plan.secret());
        CommunicatorOptions options = CommunicatorOptions.builder()
                .optSealing(security.sealing())
                .optConnectDeadline(plan.communicationTimeout())
                .optOperationDeadline(plan.communicationTimeout())
                .optCancellation(this::stopIfKilled)
                .build();
        List<io.firesteel.engine.comm.Member> peers =
                membership.members().stream().map(host::peer).toList();
        return listener.connect(new Group(plan.runId(), attempt(), rank, peers, security.secret(), options));
    }

    private Rendezvous rendezvous() {
        if (!CoordinatorClient.available()) {
            return new BarrierRendezvous(context, StateMerger.of(plan.training().metricDefinitions()));
        }
        CoordinatorClient client = new CoordinatorClient(
                plan.runId(), attempt(), rank, plan.startTimeout(), plan.communicationTimeout(), this::stopIfKilled);
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
