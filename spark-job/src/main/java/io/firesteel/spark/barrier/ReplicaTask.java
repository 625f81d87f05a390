package io.firesteel.spark.barrier;

import ai.djl.Device;
import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.HadoopCheckpointStore;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.PeerListener;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.HostedShard;
import io.firesteel.engine.train.ReplicaOutcome;
import io.firesteel.engine.train.ReplicaTraining;
import io.firesteel.engine.train.SharedParameters;
import io.firesteel.engine.train.StateMerger;
import io.firesteel.engine.train.WeightBroadcast;
import io.firesteel.spark.coordinator.Member;
import io.firesteel.spark.coordinator.Membership;
import io.firesteel.spark.ingest.ShardReader;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The body of one barrier task: one replica from its rows to its result. It reads from top to bottom: read the rows, meet
 * the others, build the network, train.
 */
final class ReplicaTask {
    private final ReplicaPlan plan;
    private final Rank rank;
    private final TaskHost host;

    ReplicaTask(ReplicaPlan plan, int rank) {
        this.plan = plan;
        this.rank =
                new Rank(plan.meeting(), rank, StateMerger.of(plan.training().metricSet()));
        this.host = this.rank.host();
    }

    /** Never throws what another attempt wouldn't cure: a failure of the run is a result, too. */
    ReplicaResult run(Iterator<InternalRow> rows) {
        return rank.run(() -> train(rows), failure -> ReplicaResult.failed(rank.number(), failure));
    }

    private ReplicaResult train(Iterator<InternalRow> rows) throws Exception {
        Device device = host.device(plan.device());
        Torch.start(host.threads());
        try (Shards shards = new Shards(read(rows));
                PeerListener listener = host.listen();
                Network network = plan.training().network(device)) {
            Membership membership = rank.rendezvous().join(member(shards.hosted(), listener, device));
            plan.checkRows(membership);
            try (Communicator communicator = rank.connect(listener, membership, options -> options)) {
                if (rank.number() == 0 && !plan.initialWeights().isEmpty()) {
                    InitialWeights.load(network, plan.initialWeights(), host.hadoop());
                }
                WeightBroadcast.fromFirstRank(network, communicator);
                SharedParameters.place(network, plan.training(), membership.trainingRows().length, communicator);
                return train(shards.hosted(), network, membership, communicator);
            }
        }
    }

    private ReplicaResult train(
            List<HostedShard> shards, Network network, Membership membership, Communicator communicator) {
        EpochLog epochs = new EpochLog(
                rank.rendezvous().coordination(communicator), plan.training().isCoordinated());
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
            boolean first = rank.number() == 0;
            WeightBytes weights = first ? new WeightBytes(WeightFile.of(network).toBytes()) : WeightBytes.NONE;
            List<EpochRecord> completed = first ? epochs.completed() : List.of();
            List<Finding> findings = first ? epochs.findings() : List.of();
            return new ReplicaResult(rank.number(), null, outcome, membership, completed, findings, weights);
        }
    }

    private CheckpointStore checkpoints() {
        return new HadoopCheckpointStore(ArtifactDirectory.of(plan.checkpoints(), host.hadoop()));
    }

    private List<HostedShard> read(Iterator<InternalRow> rows) {
        ShardReader reader = new ShardReader(plan.decoder(), host.spillDirectory(), host.memoryForRows());
        return reader.read(rows, plan.assignment().shardsOf(rank.number()));
    }

    private Member member(List<HostedShard> shards, PeerListener listener, Device device) {
        List<Member.Shard> rows = shards.stream()
                .map(shard -> new Member.Shard(
                        shard.number(),
                        shard.training().ledger(),
                        shard.validation().ledger()))
                .toList();
        return host.member(rank.number(), listener, host.describe(device), rows);
    }
}
