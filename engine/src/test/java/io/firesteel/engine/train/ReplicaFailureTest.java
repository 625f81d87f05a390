package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.comm.CommunicationException;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Run;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How runs end early: on all replicas, soon, and leaving no thread behind. */
@Timeout(60)
class ReplicaFailureTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final OptimizerSpec SGD = new Sgd(0.1, 0, false, 0);

    private static List<Row> clouds;
    private static List<HostedShard> shards;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(200, 8, 21);
        shards = TestingRows.shards(clouds, 3, false);
    }

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("firesteel") || thread.getName().startsWith(TestingReplicas.THREAD)) {
                TimeUnit.SECONDS.timedJoin(thread, 5);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void divergenceEndsAllReplicasAtTheSameIterationWithTheSameMessage() throws Exception {
        TrainingSpec spec = spec(new Sgd(1e30, 0, false, 0), 20);
        List<Ended<Trained>> ended = tryToTrain(spec, engines -> {});
        long iteration = divergence(ended.get(0)).iteration();
        assertThat(iteration).isBetween(2L, 10L);
        for (Ended<Trained> replica : ended) {
            assertThat(divergence(replica).iteration()).isEqualTo(iteration);
            assertThat(replica.failure().getMessage())
                    .isIn(
                            diverged("the loss of iteration " + iteration + " is NaN"),
                            diverged("the loss of iteration " + iteration + " is Infinity"))
                    .isEqualTo(ended.get(0).failure().getMessage());
        }
    }

    @Test
    void weightsThatOverflowInTheLastStepAreDivergenceToo() throws Exception {
        TrainingSpec spec = new TrainingSpec(
                TestingRows.layout(clouds, false),
                new Mlp(List.of(), 3, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Sgd(Double.MAX_VALUE, 0, false, 0)),
                List.of("loss"),
                1,
                clouds.size(),
                17,
                CheckpointPolicy.NEVER,
                List.of());
        List<Ended<Trained>> ended = TestingReplicas.tryToTrain(
                spec, unvalidated(), 3, engines -> {}, new TestingCoordination(3, spec.metricSet()));
        for (Ended<Trained> replica : ended) {
            assertThat(replica.failure())
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessage(diverged("a weight after iteration 1 is NaN or infinite"));
        }
    }

    @Test
    void exceptionInAHandlerEndsTheOtherReplicasSoon() throws Exception {
        long[] thrown = new long[1];
        List<Ended<Trained>> ended = tryToTrain(
                spec(SGD, 1000),
                engines -> engines.trainer().on(Events.ITERATION_COMPLETED.once(17), engine -> {
                    if (engines.rank() == 1) {
                        thrown[0] = System.nanoTime();
                        throw new IllegalStateException("the disk of rank 1 is full");
                    }
                }));
        assertThat(Duration.ofNanos(System.nanoTime() - thrown[0])).isLessThan(SOON);
        assertThat(ended.get(1).failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the disk of rank 1 is full");
        for (int rank : new int[] {0, 2}) {
            assertThat(ended.get(rank).failure())
                    .isInstanceOfSatisfying(
                            CommunicationException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(CommunicationException.Kind.PEER_LOST));
        }
    }

    @Test
    void trainerThatAHandlerInterruptsIsNotTakenForDone() throws Exception {
        List<Ended<Trained>> ended = tryToTrain(
                spec(SGD, 20),
                engines -> engines.trainer().on(Events.ITERATION_COMPLETED.once(3), engine -> engine.interrupt()));
        for (Ended<Trained> replica : ended) {
            assertThat(replica.failure())
                    .hasMessage("Cannot finish training: a handler interrupted the trainer at iteration 3 (expected"
                            + " terminate, which all replicas agree on)");
        }
    }

    @Test
    void exceptionInASetupEndsTheRun() throws Exception {
        List<Ended<Trained>> ended = tryToTrain(spec(SGD, 1000), engines -> {
            if (engines.rank() == 2) {
                throw new IllegalArgumentException("no such table");
            }
        });
        assertThat(ended.get(2).failure()).hasMessage("no such table");
        assertThat(ended.get(0).failure()).isInstanceOf(CommunicationException.class);
    }

    @Test
    void terminationOnOneReplicaEndsAllAfterTheSameIteration() throws Exception {
        int[] last = new int[3];
        Run run = TestingReplicas.train(spec(SGD, 20), shards, 3, engines -> {
            engines.trainer().on(Events.ITERATION_COMPLETED.once(17), engine -> {
                if (engines.rank() == 1) {
                    engine.terminate("seen enough");
                }
            });
            engines.trainer().on(Events.ITERATION_COMPLETED, engine -> last[engines.rank()]++);
        });
        assertThat(last).containsOnly(17);
        assertThat(run.epochs()).hasSize(2);
        assertThat(run.replicas())
                .extracting(replica -> replica.outcome().iterations())
                .containsOnly(17L);
        assertThat(run.replicas())
                .extracting(replica -> replica.outcome().epochs())
                .containsOnly(2L);
        assertThat(run.replicas())
                .extracting(replica -> replica.outcome().weightsSha256())
                .containsOnly(run.sha256());
        assertThat(run.replicas())
                .extracting(replica -> replica.outcome().stopReason())
                .containsOnly("rank 1: seen enough");
    }

    @Test
    void terminationAtTheEndOfAnEpochCountsThatEpoch() throws Exception {
        for (int replicas : new int[] {1, 3}) {
            Run run = TestingReplicas.train(
                    spec(SGD, 20),
                    shards,
                    replicas,
                    engines -> engines.trainer()
                            .on(Events.EPOCH_COMPLETED.once(3), engine -> engine.terminate("good enough")));
            assertThat(run.epochs()).hasSize(3);
            assertThat(run.replicas()).allSatisfy(replica -> {
                assertThat(replica.outcome().epochs()).isEqualTo(3);
                assertThat(replica.outcome().iterations()).isEqualTo(3 * 8);
                assertThat(replica.outcome().stopReason()).isEqualTo("good enough");
            });
        }
    }

    @Test
    void replicasWhoseWeightsDifferAreNotAccepted() throws Exception {
        TrainingSpec spec = spec(SGD, 1);
        TestingCoordination coordination = new TestingCoordination(2, spec.metricSet());
        List<Ended<ReplicaOutcome>> ended = TestingReplicas.run(2, communicator -> {
            try (Network network = spec.network(Device.cpu());
                    ReplicaTraining training = training(spec, network, communicator, coordination)) {
                if (communicator.rank() == 1) {
                    network.weights().put(0, network.weights().get(0) + 1);
                    network.publishWeights();
                }
                return training.run();
            }
        });
        assertThat(ended.get(0).failure())
                .hasMessageMatching(
                        "Cannot finish training: the replicas' weights differ \\(rank 0 has ([0-9a-f]{64}), rank 0 has \\1\\);"
                                + " hosts with different CPUs or library versions compute different bits");
        assertThat(ended.get(1).failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rank 1 has");
    }

    @Test
    void broadcastGivesAllReplicasTheWeightsOfTheFirst() throws Exception {
        TrainingSpec spec = spec(SGD, 1);
        List<Ended<Boolean>> ended = TestingReplicas.run(3, communicator -> {
            try (Network network = spec.network(Device.cpu());
                    Network first = spec.network(Device.cpu())) {
                if (communicator.rank() > 0) {
                    for (int i = 0; i < network.layout().floats(); i++) {
                        network.weights().put(i, communicator.rank());
                    }
                    network.publishWeights();
                }
                WeightBroadcast.fromFirstRank(network, communicator);
                return network.weights().equals(first.weights());
            }
        });
        assertThat(ended).allSatisfy(rank -> assertThat(rank.value()).isTrue());
    }

    @Test
    void closingATrainingThatNeverRanDoesNothing() {
        TrainingSpec spec = spec(SGD, 1);
        try (Network network = spec.network(Device.cpu());
                Communicator communicator = Communicator.local()) {
            ReplicaTraining training = new ReplicaTraining(
                    spec,
                    network,
                    shards,
                    TestingRows.trainingRows(shards),
                    TestingRows.validationRows(shards),
                    communicator,
                    new TestingCoordination(1, spec.metricSet()),
                    CheckpointStore.none());
            training.close();
            assertThatThrownBy(training::run).hasMessageContaining("the batches are closed");
        }
    }

    private static ReplicaTraining training(
            TrainingSpec spec, Network network, Communicator communicator, Coordination coordination) {
        return new ReplicaTraining(
                spec,
                network,
                TestingReplicas.hosted(shards, communicator.rank(), communicator.worldSize()),
                TestingRows.trainingRows(shards),
                TestingRows.validationRows(shards),
                communicator,
                coordination,
                CheckpointStore.none());
    }

    private static List<Ended<Trained>> tryToTrain(TrainingSpec spec, TrainingSetup setup) throws Exception {
        return TestingReplicas.tryToTrain(spec, shards, 3, setup, new TestingCoordination(3, spec.metricSet()));
    }

    private static TrainingDivergedException divergence(Ended<Trained> replica) {
        assertThat(replica.failure()).isInstanceOf(TrainingDivergedException.class);
        return (TrainingDivergedException) replica.failure();
    }

    private static String diverged(String what) {
        return "Cannot go on training: " + what
                + " (expected a finite number; lower optimizer.learningRate, or look for extreme values in the features)";
    }

    /** 160 training rows: 8 iterations of 20. */
    private static TrainingSpec spec(OptimizerSpec optimizer, int epochs) {
        return new TrainingSpec(
                TestingRows.layout(clouds, false),
                new Mlp(List.of(6), 3, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(optimizer),
                List.of("loss"),
                epochs,
                20,
                17,
                CheckpointPolicy.NEVER,
                List.of());
    }

    private static List<HostedShard> unvalidated() {
        return TestingRows.shards(
                clouds.stream().filter(row -> !row.validation()).toList(), 3, false);
    }
}
