package io.firesteel.spark.bench;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.train.HostedShard;
import io.firesteel.engine.train.ReplicaTraining;
import io.firesteel.engine.train.SharedParameters;
import io.firesteel.engine.train.TrainingEngines;
import io.firesteel.engine.train.TrainingSpec;
import io.firesteel.engine.train.WeightBroadcast;
import io.firesteel.spark.barrier.Rank;
import io.firesteel.spark.barrier.RankBody;
import java.io.IOException;
import java.util.List;

/** One rank of the comparison of exchanges: a replica of one shard, with one libtorch thread, that trains to the end. */
record CompressionBody(LabelledImages images, TrainingSpec spec) implements RankBody<CompressionResult> {
    @Override
    public CompressionResult run(Rank rank) throws IOException {
        Torch.start(1);
        try (Communicator communicator = rank.meet(options -> options);
                HostedShard shard = images.shard(communicator.rank(), communicator.worldSize());
                Network network = spec.network(Device.cpu())) {
            return train(communicator, shard, network);
        }
    }

    CompressionResult train(Communicator communicator, HostedShard shard, Network network) {
        WeightBroadcast.fromFirstRank(network, communicator);
        SharedParameters.place(network, spec, communicator.worldSize(), communicator);
        PeerCoordination coordination = new PeerCoordination(communicator, spec.metricSet());
        try (ReplicaTraining training = new ReplicaTraining(
                spec,
                network,
                List.of(shard),
                images.trainingRows(communicator.worldSize()),
                images.labels().length - images.trainingImages(),
                communicator,
                coordination,
                CheckpointStore.none())) {
            StepBytes bytes = new StepBytes(communicator);
            training.attach(bytes::attach);
            training.run();
            return new CompressionResult(coordination.last("validation.accuracy"), bytes.perStep());
        }
    }

    /** What this rank sends within its steps: the exchange alone, without metrics or votes. */
    private static final class StepBytes {
        private final Communicator communicator;
        private long before;
        private long sent;
        private long steps;

        StepBytes(Communicator communicator) {
            this.communicator = communicator;
        }

        void attach(TrainingEngines engines) {
            engines.trainer()
                    .on(
                            Events.ITERATION_STARTED,
                            Integer.MIN_VALUE,
                            "bytes",
                            engine -> before = communicator.bytesSent());
            engines.trainer().on(Events.ITERATION_COMPLETED, Integer.MAX_VALUE, "bytes", engine -> {
                sent += communicator.bytesSent() - before;
                steps++;
            });
        }

        double perStep() {
            return (double) sent / steps;
        }
    }
}
