package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.checkpoint.StoredTensor;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.handler.Buffers;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.NetworkFacts;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.HyperparameterSchedule;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.LinearSchedule;
import io.firesteel.engine.schedule.Pace;
import io.firesteel.engine.train.TestingCoordination.Committed;
import io.firesteel.engine.train.TestingReplicas.Checkpoints;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Run;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Several iterations to a step: what one with all their rows would do, once exchanged, on any number of replicas. */
@Timeout(180)
class AccumulationTest {
    private static final ModelSpec MLP = new Mlp(List.of(16, 8), 3, Activation.RELU);
    private static final ModelSpec NORMED = NetworkFacts.BATCH_NORM.spec();
    private static final int EPOCHS = 3;

    /** 320 rows: 20 iterations of 16, so 7 steps of 3, the last one of 2. */
    private static final int BATCH = 16;

    private static final int ACCUMULATE = 3;
    private static final int ITERATIONS = 20;
    private static final int STEPS = 7;

    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
    }

    static Stream<Optimization> optimizations() {
        Optimization adam = adam(false);
        return Stream.of(
                Optimization.of(new Sgd(0.1, 0.9, false, 0.01)),
                new Optimization(
                        adam.optimizer(),
                        List.of(),
                        Clipping.byNorm(0.1),
                        List.of(
                                schedule(Tunable.LEARNING_RATE, Pace.ITERATION, 0.01, STEPS * EPOCHS),
                                schedule(Tunable.WEIGHT_DECAY, Pace.FRACTIONAL_EPOCH, 0.01, EPOCHS)),
                        false));
    }

    /** A last step of two iterations, uneven shards and an empty one, rows of different weights, schedules and averages. */
    @ParameterizedTest
    @MethodSource("optimizations")
    void iterationsLearnWhatOneOfAllTheirRowsWould(Optimization optimization) throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, true, AccumulationTest::unevenly);
        HandlerOptions ema = new HandlerOptions(List.of(), null, false, new EmaOptions(0.2, 0.2, 0, 2, Buffers.COPIED));
        Run large = TestingReplicas.train(
                spec(MLP, optimization, WirePrecision.FLOAT32, Batching.of(BATCH * ACCUMULATE), ema), shards, 2);
        Run accumulated =
                TestingReplicas.train(spec(MLP, optimization, WirePrecision.FLOAT32, accumulating(), ema), shards, 2);
        assertThat(outcome(large).iterations()).isEqualTo(STEPS * EPOCHS);
        assertThat(outcome(accumulated).iterations()).isEqualTo(ITERATIONS * EPOCHS);
        assertThat(outcome(large).steps()).isEqualTo(STEPS * EPOCHS);
        assertThat(outcome(accumulated).steps()).isEqualTo(STEPS * EPOCHS);
        assertThat(outcome(accumulated).samples()).isEqualTo(outcome(large).samples());
        assertClose(accumulated.replicas().get(0), large.replicas().get(0));
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            assertThat(accumulated.epochs().get(epoch).ledger())
                    .isEqualTo(large.epochs().get(epoch).ledger());
            assertThat(accumulated.metric("train.loss").get(epoch))
                    .isCloseTo(large.metric("train.loss").get(epoch), within(1e-5));
        }
    }

    private static void assertClose(Trained actual, Trained expected) {
        for (StoredTensor tensor : expected.weights().tensors()) {
            FloatBuffer left = actual.weights().tensor(tensor.name()).floats();
            FloatBuffer right = tensor.floats();
            double difference = 0;
            double norm = 0;
            while (right.hasRemaining()) {
                double value = right.get();
                difference += Math.pow(left.get() - value, 2);
                norm += value * value;
            }
            assertThat(Math.sqrt(difference / norm)).as(tensor.name()).isLessThan(1e-6);
        }
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("float32", WirePrecision.FLOAT32, false, MLP),
                Arguments.of("float32, sharded optimizer", WirePrecision.FLOAT32, true, MLP),
                Arguments.of("float32, BatchNorm", WirePrecision.FLOAT32, false, NORMED),
                Arguments.of("float16", WirePrecision.FLOAT16, false, MLP),
                Arguments.of("PowerSGD", new PowerSgd(2, 4), false, NORMED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void bitsDependOnTheShardsAlone(String name, Synchronization synchronization, boolean sharded, ModelSpec model)
            throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, true, AccumulationTest::unevenly);
        TrainingSpec spec = spec(model, adam(sharded), synchronization, accumulating(), HandlerOptions.NONE);
        Run one = TestingReplicas.train(spec, shards, 1);
        for (int replicas : new int[] {2, 4}) {
            Run run = TestingReplicas.train(spec, shards, replicas);
            assertThat(run.sha256()).as("%d replicas", replicas).isEqualTo(one.sha256());
            assertThat(run.metric("train.loss")).isEqualTo(one.metric("train.loss"));
        }
    }

    /** Due after iterations 5, 10, 15, 20 of an epoch, whose steps end after 3, 6, 9, 12, 15, 18, 20. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void checkpointsComeWithTheEndsOfStepsAndRunsGoOnFromThem(
            String name, Synchronization synchronization, boolean sharded, ModelSpec model) throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, true);
        Optimization optimization = new Optimization(
                adam(sharded).optimizer(),
                List.of(),
                Clipping.none(),
                List.of(schedule(Tunable.LEARNING_RATE, Pace.ITERATION, 0.01, STEPS * EPOCHS)),
                sharded);
        HandlerOptions ema = new HandlerOptions(List.of(), null, false, EmaOptions.of(0.3));
        TrainingSpec spec = saving(spec(model, optimization, synchronization, accumulating(), ema));
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        Run unbroken = train(spec, shards, 2, new Checkpoints(store, null));
        List<Committed> committed = unbroken.coordination().committed();
        assertThat(committed)
                .extracting(Committed::iteration)
                .containsExactly(6L, 12L, 15L, 20L, 26L, 32L, 35L, 40L, 46L, 52L, 55L, 60L);
        for (int i = 0; i < committed.size(); i += 2) {
            Run resumed = train(
                    spec,
                    shards,
                    1 + i % 4,
                    new Checkpoints(store, committed.get(i).location()));
            assertThat(resumed.sha256()).as("from %s", committed.get(i)).isEqualTo(unbroken.sha256());
            assertThat(outcome(resumed).steps()).isEqualTo(STEPS * EPOCHS);
        }
    }

    @Test
    void stepsAreEventsAndNothingHappensInsideThem() throws Exception {
        List<Long> steps = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        TestingReplicas.train(plain(), TestingRows.shards(clouds, 1, false), 1, engines -> {
            engines.trainer()
                    .on(TrainingEvents.STEP_COMPLETED, e -> steps.add(e.state().iteration()));
            engines.trainer().on(Events.ITERATION_COMPLETED, e -> {
                weights.add(e.state().output().weight());
                losses.add(e.state().output().loss());
            });
        });
        assertThat(steps.subList(0, 8)).containsExactly(3L, 6L, 9L, 12L, 15L, 18L, 20L, 23L);
        assertThat(weights.subList(0, 6)).containsExactly(0.0, 0.0, 48.0, 0.0, 0.0, 48.0);
        assertThat(weights.subList(17, 20)).containsExactly(48.0, 0.0, 32.0);
        assertThat(losses.subList(0, 2)).containsOnly(Double.NaN);
        assertThat(losses.subList(3, 5)).containsOnly(losses.get(2));
    }

    @Test
    void stopTakesEffectWhereTheStepEnds() throws Exception {
        for (int replicas : new int[] {1, 2}) {
            Run run = TestingReplicas.train(plain(), TestingRows.shards(clouds, 2, false), replicas, engines -> {
                if (engines.rank() == replicas - 1) {
                    engines.trainer().on(Events.ITERATION_COMPLETED.once(7), e -> e.terminate("enough"));
                }
            });
            assertThat(run.replicas()).allSatisfy(replica -> {
                assertThat(replica.outcome().iterations()).isEqualTo(9);
                assertThat(replica.outcome().steps()).isEqualTo(3);
            });
        }
    }

    /** The epoch ends after its 8th iteration, inside its third step. */
    @Test
    void epochThatIsLeftEndsItsStep() throws Exception {
        List<Long> steps = new ArrayList<>();
        Run run = TestingReplicas.train(plain(), TestingRows.shards(clouds, 2, false), 2, engines -> {
            engines.trainer().on(Events.ITERATION_COMPLETED.once(8), e -> e.terminateEpoch());
            if (engines.rank() == 0) {
                engines.trainer()
                        .on(
                                TrainingEvents.STEP_COMPLETED,
                                e -> steps.add(e.state().iteration()));
            }
        });
        assertThat(steps.subList(0, 5)).containsExactly(3L, 6L, 8L, 11L, 14L);
        assertThat(outcome(run).steps()).isEqualTo(3 + 2 * STEPS);
    }

    @Test
    void shardsThatLearnByThemselvesAccumulateNothing() {
        assertThatThrownBy(() -> spec(
                        MLP, adam(false), new LocalSgd(4, OuterOptimizer.MEAN), accumulating(), HandlerOptions.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "Cannot accumulate gradients of 3 iterations: every shard takes steps of its own")
                .hasMessageEndingWith("(expected accumulate: 1, or gradients that travel)");
        assertThatThrownBy(() -> Batching.of(4).withAccumulate(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid accumulate: 0 (must be >= 1)");
    }

    private static int unevenly(Row row) {
        return Math.floorMod(row.hash(), 7) < 4 ? 0 : Math.floorMod(row.hash(), 7) == 4 ? 1 : 3;
    }

    private static ReplicaOutcome outcome(Run run) {
        return run.replicas().get(0).outcome();
    }

    private static Run train(TrainingSpec spec, List<HostedShard> shards, int replicas, Checkpoints checkpoints)
            throws Exception {
        TestingCoordination coordination = new TestingCoordination(replicas, spec.metricSet(), checkpoint -> {});
        List<Trained> trained = new ArrayList<>();
        for (Ended<Trained> ended :
                TestingReplicas.tryToTrain(spec, shards, replicas, engines -> {}, coordination, checkpoints)) {
            assertThat(ended.failure()).isNull();
            trained.add(ended.value());
        }
        return new Run(trained, coordination);
    }

    private static Batching accumulating() {
        return Batching.of(BATCH).withAccumulate(ACCUMULATE);
    }

    private static Optimization adam(boolean sharded) {
        return new Optimization(new Adam(0.01, 0.9, 0.999, 1e-8, 0.01), List.of(), Clipping.byNorm(0.5), sharded);
    }

    private static HyperparameterSchedule schedule(Tunable tunable, Pace pace, double from, double steps) {
        return HyperparameterSchedule.of(tunable, pace, new LinearSchedule(from, from / 10, steps));
    }

    private static TrainingSpec plain() {
        return spec(
                TestingRows.layout(clouds, false),
                MLP,
                adam(false),
                WirePrecision.FLOAT32,
                accumulating(),
                HandlerOptions.NONE);
    }

    private static TrainingSpec saving(TrainingSpec spec) {
        return new TrainingSpec(
                spec.layout(),
                spec.model(),
                spec.loss(),
                spec.optimizer(),
                spec.synchronization(),
                spec.metrics(),
                spec.epochs(),
                spec.batching(),
                spec.seed(),
                new CheckpointPolicy(5, 100),
                List.of(),
                spec.handlers());
    }

    private static TrainingSpec spec(
            ModelSpec model,
            Optimization optimization,
            Synchronization synchronization,
            Batching batching,
            HandlerOptions handlers) {
        return spec(TestingRows.layout(clouds, true), model, optimization, synchronization, batching, handlers);
    }

    private static TrainingSpec spec(
            RowLayout layout,
            ModelSpec model,
            Optimization optimization,
            Synchronization synchronization,
            Batching batching,
            HandlerOptions handlers) {
        return new TrainingSpec(
                layout,
                model,
                LossFunction.CROSS_ENTROPY,
                optimization,
                synchronization,
                List.of("loss"),
                EPOCHS,
                batching,
                17,
                CheckpointPolicy.NEVER,
                List.of(),
                handlers);
    }
}
