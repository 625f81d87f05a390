package io.firesteel.engine.train;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.SafeTensors;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.CommunicatorOptions;
import io.firesteel.engine.comm.Group;
import io.firesteel.engine.comm.Member;
import io.firesteel.engine.comm.PeerListener;
import io.firesteel.engine.comm.Secret;
import io.firesteel.engine.model.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

/** Replicas as threads of this JVM, connected over loopback as those of a cluster are, that train over given shards. */
final class TestingReplicas {
    static final String THREAD = "replica ";

    private static final Secret SECRET = Secret.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    /** What one rank does with its communicator. */
    interface Body<T> {
        T run(Communicator communicator) throws Exception;
    }

    /** How a rank ended; no failure if that is null. */
    record Ended<T>(T value, Throwable failure) {}

    /** What a replica came to: its outcome and its weights, read back from their file. */
    record Trained(ReplicaOutcome outcome, SafeTensors weights) {}

    /** All replicas, none of which failed. */
    record Run(List<Trained> replicas, TestingCoordination coordination) {
        String sha256() {
            return replicas.get(0).outcome().weightsSha256();
        }

        List<EpochRecord> epochs() {
            return coordination.epochs();
        }

        List<Double> metric(String name) {
            return epochs().stream().map(epoch -> epoch.metrics().get(name)).toList();
        }
    }

    /**
     * Where replicas keep checkpoints, and which one they go on from.
     *
     * @param location null to begin
     */
    record Checkpoints(CheckpointStore store, String location) {}

    private static final Checkpoints NO_CHECKPOINTS = new Checkpoints(CheckpointStore.none(), null);

    private TestingReplicas() {}

    /** Trains to the end; fails if any replica does. */
    static Run train(TrainingSpec spec, List<HostedShard> shards, int replicas) throws Exception {
        return train(spec, shards, replicas, engines -> {});
    }

    static Run train(TrainingSpec spec, List<HostedShard> shards, int replicas, TrainingSetup setup) throws Exception {
        TestingCoordination coordination = new TestingCoordination(replicas, spec.metricSet());
        return run(tryToTrain(spec, shards, replicas, setup, coordination), coordination);
    }

    /**
     * With checkpoints.
     *
     * @param from where the checkpoint to go on from is; null to begin
     */
    static Run train(TrainingSpec spec, List<HostedShard> shards, int replicas, CheckpointStore store, String from)
            throws Exception {
        TestingCoordination coordination = new TestingCoordination(replicas, spec.metricSet(), checkpoint -> {});
        Checkpoints checkpoints = new Checkpoints(store, from);
        return run(tryToTrain(spec, shards, replicas, engines -> {}, coordination, checkpoints), coordination);
    }

    private static Run run(List<Ended<Trained>> replicas, TestingCoordination coordination) {
        List<Trained> trained = new ArrayList<>();
        for (Ended<Trained> ended : replicas) {
            if (ended.failure() != null) {
                throw new AssertionError("A replica failed", ended.failure());
            }
            trained.add(ended.value());
        }
        return new Run(trained, coordination);
    }

    static List<Ended<Trained>> tryToTrain(
            TrainingSpec spec,
            List<HostedShard> shards,
            int replicas,
            TrainingSetup setup,
            TestingCoordination coordination)
            throws Exception {
        return tryToTrain(spec, shards, replicas, setup, coordination, NO_CHECKPOINTS);
    }

    static List<Ended<Trained>> tryToTrain(
            TrainingSpec spec,
            List<HostedShard> shards,
            int replicas,
            TrainingSetup setup,
            TestingCoordination coordination,
            Checkpoints checkpoints)
            throws Exception {
        return run(replicas, communicator -> {
            try {
                return trainOne(spec, shards, setup, communicator, coordination, checkpoints);
            } catch (Throwable e) {
                coordination.abandon();
                throw e;
            }
        });
    }

    private static Trained trainOne(
            TrainingSpec spec,
            List<HostedShard> shards,
            TrainingSetup setup,
            Communicator communicator,
            Coordination coordination,
            Checkpoints checkpoints)
            throws IOException {
        try (Network network = spec.network(Device.cpu())) {
            WeightBroadcast.fromFirstRank(network, communicator);
            SharedParameters.place(network, spec, shards.size(), communicator);
            return trainOne(spec, shards, setup, communicator, coordination, checkpoints, network);
        }
    }

    private static Trained trainOne(
            TrainingSpec spec,
            List<HostedShard> shards,
            TrainingSetup setup,
            Communicator communicator,
            Coordination coordination,
            Checkpoints checkpoints,
            Network network)
            throws IOException {
        try (ReplicaTraining training = new ReplicaTraining(
                spec,
                network,
                hosted(shards, communicator.rank(), communicator.worldSize()),
                TestingRows.trainingRows(shards),
                TestingRows.validationRows(shards),
                communicator,
                coordination,
                checkpoints.store())) {
            training.attach(setup);
            if (checkpoints.location() != null) {
                training.resumeFrom(checkpoints.location());
            }
            ReplicaOutcome outcome = training.run();
            byte[] file = WeightFile.of(network).toBytes();
            return new Trained(outcome, SafeTensors.read(new ByteArrayInputStream(file)));
        }
    }

    /** Consecutive shards to each rank, so that the order of ranks is the order of shards. */
    static List<HostedShard> hosted(List<HostedShard> shards, int rank, int replicas) {
        return IntStream.range(rank * shards.size() / replicas, (rank + 1) * shards.size() / replicas)
                .mapToObj(shards::get)
                .toList();
    }

    /** Runs the body on every rank of a new world, and waits for all of them. */
    static <T> List<Ended<T>> run(int replicas, Body<T> body) throws Exception {
        List<PeerListener> listeners = IntStream.range(0, replicas)
                .mapToObj(rank -> PeerListener.open(InetAddress.getLoopbackAddress()))
                .toList();
        List<Member> members = listeners.stream()
                .map(listener -> Member.of(listener.address()))
                .toList();
        CommunicatorOptions options = CommunicatorOptions.builder()
                .optConnectDeadline(Duration.ofSeconds(20))
                .optOperationDeadline(Duration.ofSeconds(20))
                .build();
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (int rank = 0; rank < replicas; rank++) {
            PeerListener listener = listeners.get(rank);
            Group group = new Group("run-7", 0, rank, members, SECRET, options);
            tasks.add(start(THREAD + rank, () -> {
                try (listener;
                        Communicator communicator = replicas == 1 ? Communicator.local() : listener.connect(group)) {
                    return body.run(communicator);
                }
            }));
        }
        List<Ended<T>> ended = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            ended.add(await(task));
        }
        return ended;
    }

    private static <T> FutureTask<T> start(String name, Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> Ended<T> await(FutureTask<T> task) throws InterruptedException {
        try {
            return new Ended<>(task.get(), null);
        } catch (ExecutionException e) {
            return new Ended<>(null, e.getCause());
        }
    }
}
