package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.checkpoint.StoredTensor;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.handler.Buffers;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.handler.LearningRateCurve;
import io.firesteel.engine.handler.LearningRateFinderOptions;
import io.firesteel.engine.handler.LearningRateFinderOptions.Ramp;
import io.firesteel.engine.handler.SwaOptions;
import io.firesteel.engine.handler.TimeProfile;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.NetworkFacts;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.HandlerOptions.Watching;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Means of weights, learning rates that are tried, and profiles, over whole runs. */
@Timeout(120)
class WatchingTest {
    private static final ModelSpec NORMED = NetworkFacts.BATCH_NORM.spec();
    private static final int EPOCHS = 5;
    private static final HandlerOptions MEAN = HandlerOptions.NONE.withSwa(new SwaOptions(2, 2, Buffers.COPIED));
    private static final LearningRateFinderOptions RATES =
            new LearningRateFinderOptions(1e-5, 10, 40, Ramp.EXPONENTIAL, 0.2, 3);
    private static final HandlerOptions FINDER = HandlerOptions.NONE.withWatching(new Watching(RATES, true, 2));

    private static List<Row> clouds;
    private static List<HostedShard> shards;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
        shards = TestingRows.shards(clouds, 2, false);
    }

    /** Of the ends of epochs 2 and 4: the trained model is the mean of what the weights were there. */
    @Test
    void trainedModelIsTheMeanOfTheWeightsAtTheEndsOfEpochs() throws Exception {
        Run mean = TestingReplicas.train(spec(MEAN, EPOCHS, WirePrecision.FLOAT32), shards, 2);
        Trained second = last(TestingReplicas.train(spec(HandlerOptions.NONE, 2, WirePrecision.FLOAT32), shards, 2));
        Trained fourth = last(TestingReplicas.train(spec(HandlerOptions.NONE, 4, WirePrecision.FLOAT32), shards, 2));
        for (StoredTensor tensor : last(mean).weights().tensors()) {
            FloatBuffer first = second.weights().tensor(tensor.name()).floats();
            FloatBuffer other = fourth.weights().tensor(tensor.name()).floats();
            FloatBuffer values = tensor.floats();
            boolean buffer = tensor.name().contains("running");
            while (values.hasRemaining()) {
                float one = first.get();
                float two = other.get();
                float expected = buffer ? two : (one + two) / 2;
                assertThat(values.get()).as(tensor.name()).isCloseTo(expected, within(1e-6f));
            }
        }
    }

    /** The validation of an epoch is that of the model that a run which ended there would leave. */
    @Test
    void validationUsesTheMeanWithTheWeightsOfItsOwnEpoch() throws Exception {
        List<Double> losses = TestingReplicas.train(spec(MEAN, 4, WirePrecision.FLOAT32), shards, 2)
                .metric("validation.loss");
        Run plain = TestingReplicas.train(spec(HandlerOptions.NONE, 4, WirePrecision.FLOAT32), shards, 2);
        assertThat(losses.subList(0, 2))
                .isEqualTo(plain.metric("validation.loss").subList(0, 2));
        assertThat(losses.get(2)).isEqualTo(losses.get(1));
        assertThat(losses.get(3)).isNotEqualTo(losses.get(2));
        assertThat(losses.get(3)).isNotEqualTo(plain.metric("validation.loss").get(3));
    }

    @Test
    void meanGoesOnFromACheckpoint() throws Exception {
        TrainingSpec plain = spec(MEAN, EPOCHS, WirePrecision.FLOAT32);
        TrainingSpec spec = new TrainingSpec(
                plain.layout(),
                plain.model(),
                plain.loss(),
                plain.optimizer(),
                plain.synchronization(),
                plain.metrics(),
                plain.epochs(),
                plain.batching(),
                plain.seed(),
                new CheckpointPolicy(5, 100),
                List.of(),
                plain.handlers());
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        Run unbroken = train(spec, 2, new Checkpoints(store, null));
        for (Committed committed : unbroken.coordination().committed()) {
            Run resumed = train(spec, 1, new Checkpoints(store, committed.location()));
            assertThat(resumed.sha256()).as("from %s", committed).isEqualTo(unbroken.sha256());
        }
    }

    static Stream<TrainingSpec> trials() {
        return Stream.of(
                spec(FINDER, 2, WirePrecision.FLOAT32),
                spec(FINDER, 2, WirePrecision.BFLOAT16),
                sharded(spec(FINDER, 2, WirePrecision.FLOAT32)));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void triedLearningRatesLeaveTheRunAsItWas(TrainingSpec spec) throws Exception {
        Run one = TestingReplicas.train(spec, shards, 1);
        Run two = TestingReplicas.train(spec, shards, 2);
        LearningRateCurve curve = curve(one);
        assertThat(curve(two)).isEqualTo(curve);
        assertThat(curve.points()).hasSize(40);
        assertThat(curve.suggestion().orElseThrow()).isBetween(1e-5, 10.0);
        assertThat(curve.files()).containsOnlyKeys("learning-rate-finder.svg");
        assertThat(two.sha256()).isEqualTo(one.sha256());
        TrainingSpec plain = spec(HandlerOptions.NONE, 2, spec.synchronization());
        Run untried = TestingReplicas.train(spec.optimizer().sharded() ? sharded(plain) : plain, shards, 2);
        assertThat(two.sha256()).isEqualTo(untried.sha256());
        assertThat(two.metric("train.loss")).isEqualTo(untried.metric("train.loss"));
        assertThat(two.replicas().get(0).outcome().samples())
                .isEqualTo(untried.replicas().get(0).outcome().samples());
    }

    @Test
    void profileTellsOfEachHandlerOfTheFirstReplica() throws Exception {
        Run run = TestingReplicas.train(
                spec(FINDER, 2, WirePrecision.FLOAT32),
                shards,
                2,
                engines -> engines.trainer().on(Events.ITERATION_COMPLETED, 0, "mine", engine -> {}));
        TimeProfile profile = run.coordination().findings().stream()
                .filter(TimeProfile.class::isInstance)
                .map(TimeProfile.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(profile.rows())
                .anySatisfy(row -> {
                    assertThat(row.handler()).isEqualTo("mine");
                    assertThat(row.count()).isEqualTo(20);
                })
                .anySatisfy(row -> assertThat(row.event()).isEqualTo("STEP_COMPLETED"));
        assertThat(profile.files()).containsOnlyKeys("time-profile.csv");
        assertThat(profile.headline()).matches("Time profile: data [0-9.]+ s, process [0-9.]+ s");
    }

    @Test
    void runThatGoesOnTriesNothing() throws Exception {
        TrainingSpec plain = spec(FINDER, 2, WirePrecision.FLOAT32);
        TrainingSpec spec = new TrainingSpec(
                plain.layout(),
                plain.model(),
                plain.loss(),
                plain.optimizer(),
                plain.synchronization(),
                plain.metrics(),
                plain.epochs(),
                plain.batching(),
                plain.seed(),
                new CheckpointPolicy(15, 1),
                List.of(),
                plain.handlers());
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        Run unbroken = train(spec, 2, new Checkpoints(store, null));
        String location = unbroken.coordination().committed().get(0).location();
        Run resumed = train(spec, 2, new Checkpoints(store, location));
        assertThat(resumed.sha256()).isEqualTo(unbroken.sha256());
        assertThat(resumed.coordination().findings()).noneMatch(LearningRateCurve.class::isInstance);
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertThatThrownBy(() ->
                        new HandlerOptions(List.of(), null, false, EmaOptions.of(0.1)).withSwa(SwaOptions.from(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot average weights in two ways: there are ema and swa"
                        + " (expected one of them, as validation and the trained model have one average)");
        assertThatThrownBy(() -> new Watching(null, false, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid logEverySteps: -1 (must be >= 0)");
        assertThatThrownBy(() -> spec(FINDER, 2, new LocalSgd(4, OuterOptimizer.MEAN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot try learning rates: a step is more than one iteration of all shards"
                        + " (expected accumulate: 1 and gradients that travel, not 1 and LocalSgd");
    }

    private static LearningRateCurve curve(Run run) {
        List<Finding> findings = run.coordination().findings();
        assertThat(findings).hasSize(2);
        return (LearningRateCurve) findings.get(0);
    }

    private static Trained last(Run run) {
        return run.replicas().get(run.replicas().size() - 1);
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

    private static TrainingSpec sharded(TrainingSpec spec) {
        Optimization whole = spec.optimizer();
        return new TrainingSpec(
                spec.layout(),
                spec.model(),
                spec.loss(),
                new Optimization(whole.optimizer(), whole.groups(), whole.clipping(), true),
                spec.synchronization(),
                spec.metrics(),
                spec.epochs(),
                spec.batching(),
                spec.seed(),
                spec.checkpoints(),
                List.of(),
                spec.handlers());
    }

    private static TrainingSpec spec(HandlerOptions handlers, int epochs, Synchronization synchronization) {
        return new TrainingSpec(
                TestingRows.layout(clouds, false),
                NORMED,
                LossFunction.CROSS_ENTROPY,
                new Optimization(new Adam(0.01, 0.9, 0.999, 1e-8, 0), List.of(), Clipping.none(), false),
                synchronization,
                List.of("loss"),
                epochs,
                Batching.of(32),
                17,
                CheckpointPolicy.NEVER,
                List.of(),
                handlers);
    }
}
