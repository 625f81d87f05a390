package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.data.BatchRamp;
import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.HyperparameterSchedule;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.LinearSchedule;
import io.firesteel.engine.schedule.Pace;
import io.firesteel.engine.train.TestingCoordination.Committed;
import io.firesteel.engine.train.TestingReplicas.Checkpoints;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Run;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches that grow from epoch to epoch: every row once, the same bits on any number of replicas, from any checkpoint. */
@Timeout(180)
class RampedTrainingTest {
    /** 320 rows in batches of 16, 32, 48 and 64. */
    private static final Batching RAMPED = Batching.of(64).withRamp(BatchRamp.linear(16, 3));

    private static final List<Long> ENDS_OF_EPOCHS = List.of(20L, 30L, 37L, 42L, 47L);
    private static final int EPOCHS = 5;

    private static List<Row> clouds;
    private static List<HostedShard> shards;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
        shards = TestingRows.shards(clouds, 4, true);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("a step for each iteration", RAMPED, WirePrecision.FLOAT32),
                Arguments.of("accumulated", RAMPED.withAccumulate(3), WirePrecision.FLOAT32),
                Arguments.of("local steps", RAMPED, new LocalSgd(4, OuterOptimizer.MEAN)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void everyEpochUsesEveryRowOnceAndBitsDependOnTheShardsAlone(
            String name, Batching batching, Synchronization synchronization) throws Exception {
        TrainingSpec spec = spec(batching, synchronization, CheckpointPolicy.NEVER);
        Run one = TestingReplicas.train(spec, shards, 1);
        assertThat(one.epochs()).extracting(EpochRecord::iteration).isEqualTo(ENDS_OF_EPOCHS);
        assertThat(one.epochs()).allSatisfy(epoch -> assertThat(epoch.ledger()).isEqualTo(TestingRows.ledger(shards)));
        assertThat(one.replicas().get(0).outcome().samples()).isEqualTo(5 * 320);
        for (int replicas : new int[] {2, 4}) {
            assertThat(TestingReplicas.train(spec, shards, replicas).sha256()).isEqualTo(one.sha256());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void runGoesOnFromAnyCheckpoint(String name, Batching batching, Synchronization synchronization) throws Exception {
        TrainingSpec spec = spec(batching, synchronization, new CheckpointPolicy(5, 100));
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        Run unbroken = train(spec, 2, new Checkpoints(store, null));
        List<Committed> committed = unbroken.coordination().committed();
        assertThat(committed).hasSize(9);
        for (int i = 0; i < committed.size(); i++) {
            Run resumed = train(
                    spec, 1 + i % 3, new Checkpoints(store, committed.get(i).location()));
            assertThat(resumed.sha256()).as("from %s", committed.get(i)).isEqualTo(unbroken.sha256());
            assertThat(resumed.replicas().get(0).outcome().samples()).isEqualTo(5 * 320);
        }
    }

    @Test
    void batchesGrowFromEpochToEpoch() throws Exception {
        List<Integer> rows = new ArrayList<>();
        TestingReplicas.train(
                spec(RAMPED, WirePrecision.FLOAT32, CheckpointPolicy.NEVER),
                TestingRows.shards(clouds, 1, true),
                1,
                engines -> engines.trainer()
                        .on(
                                Events.ITERATION_COMPLETED,
                                e -> rows.add(e.state().batch().rows())));
        assertThat(rows.subList(19, 22)).containsExactly(16, 32, 32);
        assertThat(rows.subList(30, 38)).containsExactly(48, 48, 48, 48, 48, 48, 32, 64);
    }

    @Test
    void handlersOnTheDriverSeeTheSameIterations() {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        TrainingSpec spec = spec(RAMPED, WirePrecision.FLOAT32, CheckpointPolicy.NEVER);
        try (CoordinatorHandlers handlers = new CoordinatorHandlers(spec, () -> {})) {
            handlers.engine().on(Events.EPOCH_COMPLETED, e -> seen.add(e.state().iteration()));
            handlers.begin(TestingRows.trainingRows(shards), epoch -> {});
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                handlers.epochCompleted(new EpochRecord(
                        epoch, ENDS_OF_EPOCHS.get(epoch - 1), 0.1, Map.of("train.loss", 1.0), Ledger.EMPTY));
            }
            ReplicaOutcome outcome = new ReplicaOutcome(EPOCHS, 47, 47, 1600, 1, "", Map.of(), Map.of(), "");
            handlers.completed(outcome, Duration.ofSeconds(20));
        }
        assertThat(seen).isEqualTo(ENDS_OF_EPOCHS);
    }

    @Test
    void rampStartsBelowTheBatchSize() {
        assertThatThrownBy(() -> Batching.of(16).withRamp(BatchRamp.linear(16, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid start of a batch ramp: 16 (must be < batchSize, 16)");
    }

    private static Run train(TrainingSpec spec, int replicas, Checkpoints checkpoints) throws Exception {
        TestingCoordination coordination = new TestingCoordination(replicas, spec.metricSet(), checkpoint -> {});
        List<Trained> trained = new ArrayList<>();
        for (Ended<Trained> ended :
                TestingReplicas.tryToTrain(spec, shards, replicas, engines -> {}, coordination, checkpoints)) {
            assertThat(ended.failure()).isNull();
            trained.add(ended.value());
        }
        return new Run(trained, coordination);
    }

    private static TrainingSpec spec(Batching batching, Synchronization synchronization, CheckpointPolicy policy) {
        Optimization optimization = new Optimization(
                new Adam(0.01, 0.9, 0.999, 1e-8, 0),
                List.of(),
                Clipping.none(),
                List.of(HyperparameterSchedule.of(
                        Tunable.LEARNING_RATE, Pace.FRACTIONAL_EPOCH, new LinearSchedule(0.01, 0.001, EPOCHS))),
                false);
        return new TrainingSpec(
                TestingRows.layout(clouds, true),
                new Mlp(List.of(16, 8), 3, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                optimization,
                synchronization,
                List.of("loss"),
                EPOCHS,
                batching,
                17,
                policy,
                List.of(),
                HandlerOptions.NONE);
    }
}
