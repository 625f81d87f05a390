package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.NetworkFacts;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.TestingCoordination.Committed;
import io.firesteel.engine.train.TestingReplicas.Checkpoints;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Run;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However learning is made one: the bits depend on the shards alone, and survive a restart. */
@Timeout(240)
class SynchronizationTest {
    /** 12 blocks of 4096 floats and a part of one. */
    private static final ModelSpec WIDE = new Mlp(List.of(256, 192), 3, Activation.RELU);

    private static final ModelSpec SMALL = new Mlp(List.of(16, 8), 3, Activation.RELU);
    private static final OptimizerSpec ADAM = new Adam(0.003, 0.9, 0.999, 1e-8, 0);
    private static final int EVERY = 7;

    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
    }

    static Stream<Synchronization> synchronizations() {
        return Stream.of(
                WirePrecision.FLOAT16,
                WirePrecision.BFLOAT16,
                new PowerSgd(2, 4),
                new LocalSgd(4, OuterOptimizer.MEAN),
                new LocalSgd(3, new OuterOptimizer(0.7, 0.9, true)));
    }

    @ParameterizedTest
    @MethodSource("synchronizations")
    void bitsDependOnTheShardsAlone(Synchronization synchronization) throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, true, row -> unevenly(row));
        assertThat(TestingRows.trainingRows(shards)).contains(0);
        TrainingSpec spec = spec(WIDE, Optimization.of(ADAM), synchronization, CheckpointPolicy.NEVER);
        Run one = TestingReplicas.train(spec, shards, 1);
        for (int replicas : new int[] {2, 3, 4}) {
            Run run = TestingReplicas.train(spec, shards, replicas);
            assertThat(run.sha256()).as("%d replicas", replicas).isEqualTo(one.sha256());
            assertThat(run.metric("train.loss")).isEqualTo(one.metric("train.loss"));
            assertThat(run.metric("validation.loss")).isEqualTo(one.metric("validation.loss"));
        }
    }

    private static int unevenly(Row row) {
        return Math.floorMod(row.hash(), 7) < 4 ? 0 : Math.floorMod(row.hash(), 7) == 4 ? 1 : 3;
    }

    @ParameterizedTest
    @MethodSource("synchronizations")
    void resumedRunEndsWithTheBitsOfAnUnbrokenOne(Synchronization synchronization) throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, true);
        ModelSpec model = NetworkFacts.BATCH_NORM.spec();
        TrainingSpec spec = spec(model, Optimization.of(ADAM), synchronization, new CheckpointPolicy(EVERY, 100));
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        Run unbroken = train(spec, shards, 2, new Checkpoints(store, null));
        List<Committed> committed = unbroken.coordination().committed();
        assertThat(committed).extracting(Committed::iteration).containsExactly(7L, 14L);
        for (int replicas : new int[] {1, 2, 4}) {
            for (Committed checkpoint : committed) {
                Run resumed = train(spec, shards, replicas, new Checkpoints(store, checkpoint.location()));
                assertThat(resumed.sha256())
                        .as("%d replicas from %s", replicas, checkpoint)
                        .isEqualTo(unbroken.sha256());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void roundedGradientsTeachWhatExactOnesDo(WirePrecision precision) throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        Run exact = TestingReplicas.train(
                spec(SMALL, Optimization.of(ADAM), WirePrecision.FLOAT32, CheckpointPolicy.NEVER), shards, 2);
        Run rounded =
                TestingReplicas.train(spec(SMALL, Optimization.of(ADAM), precision, CheckpointPolicy.NEVER), shards, 2);
        assertThat(rounded.sha256()).isNotEqualTo(exact.sha256());
        for (int epoch = 0; epoch < exact.epochs().size(); epoch++) {
            double expected = exact.metric("train.loss").get(epoch);
            assertThat(rounded.metric("train.loss").get(epoch)).isCloseTo(expected, within(0.002 * expected));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void shardedOptimizerGetsTheBitsOfTheWholeOne(WirePrecision precision) throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, true);
        CheckpointPolicy policy = new CheckpointPolicy(EVERY, 1);
        Optimization sharded = new Optimization(ADAM, List.of(), Clipping.byNorm(0.5), true);
        Optimization whole = new Optimization(ADAM, List.of(), Clipping.byNorm(0.5), false);
        String expected =
                train(spec(WIDE, whole, precision, policy), shards, 2, fresh()).sha256();
        for (int replicas : new int[] {2, 3}) {
            assertThat(train(spec(WIDE, sharded, precision, policy), shards, replicas, fresh())
                            .sha256())
                    .isEqualTo(expected);
        }
    }

    @Test
    void shardThatIsAloneLearnsAsIfItExchangedInEveryStep() throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 1, false);
        Run everyStep = TestingReplicas.train(
                spec(SMALL, Optimization.of(ADAM), WirePrecision.FLOAT32, CheckpointPolicy.NEVER), shards, 1);
        Run local = TestingReplicas.train(
                spec(SMALL, Optimization.of(ADAM), new LocalSgd(4, OuterOptimizer.MEAN), CheckpointPolicy.NEVER),
                shards,
                1);
        double expected = everyStep.metric("validation.loss").get(1);
        assertThat(local.metric("validation.loss").get(1)).isCloseTo(expected, within(1e-4 * expected));
    }

    @Test
    void localSgdLearns() throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        for (OuterOptimizer outer : List.of(OuterOptimizer.MEAN, new OuterOptimizer(0.7, 0.9, true))) {
            Run run = TestingReplicas.train(
                    spec(SMALL, Optimization.of(ADAM), new LocalSgd(2, outer), CheckpointPolicy.NEVER), shards, 2);
            List<Double> loss = run.metric("validation.loss");
            assertThat(loss.get(1)).isLessThan(loss.get(0));
        }
    }

    /** The loss in between is the last exchange's, and both are the same on every replica. */
    @Test
    void outputsTellOfTheLastExchange() throws Exception {
        TrainingSpec spec =
                spec(SMALL, Optimization.of(ADAM), new LocalSgd(4, OuterOptimizer.MEAN), CheckpointPolicy.NEVER);
        List<List<StepOutput>> outputs = List.of(new ArrayList<>(), new ArrayList<>());
        TestingReplicas.train(
                spec,
                TestingRows.shards(clouds, 4, false),
                2,
                engines -> engines.trainer()
                        .on(
                                Events.ITERATION_COMPLETED,
                                engine -> outputs.get(engines.rank())
                                        .add(engine.state().output())));
        List<StepOutput> first = outputs.get(0);
        assertThat(outputs.get(1)).isEqualTo(first);
        assertThat(first).hasSize(20);
        assertThat(first.stream().map(StepOutput::weight).limit(12))
                .containsExactly(0.0, 0.0, 0.0, 132.0, 0.0, 0.0, 0.0, 132.0, 0.0, 56.0, 0.0, 66.0);
        assertThat(first.get(2).loss()).isNaN();
        assertThat(first.get(3).loss()).isEqualTo(first.get(6).loss()).isPositive();
        assertThat(first.get(7).loss()).isNotEqualTo(first.get(6).loss());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void runStopsAtAnExchange(int replicas) throws Exception {
        TrainingSpec spec =
                spec(SMALL, Optimization.of(ADAM), new LocalSgd(4, OuterOptimizer.MEAN), CheckpointPolicy.NEVER);
        Run run = TestingReplicas.train(
                spec,
                TestingRows.shards(clouds, 4, false),
                replicas,
                engines -> engines.trainer().on(Events.ITERATION_COMPLETED.once(6), engine -> {
                    if (engines.rank() == engines.worldSize() - 1) {
                        engine.terminate("enough");
                    }
                }));
        assertThat(run.replicas())
                .allSatisfy(
                        replica -> assertThat(replica.outcome().iterations()).isEqualTo(8));
    }

    @Test
    void epochThatIsLeftEarlyEndsWithTheWeightsOfAll() throws Exception {
        TrainingSpec spec =
                spec(SMALL, Optimization.of(ADAM), new LocalSgd(4, OuterOptimizer.MEAN), CheckpointPolicy.NEVER);
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        TrainingSetup leaving =
                engines -> engines.trainer().on(Events.ITERATION_COMPLETED.once(6), engine -> engine.terminateEpoch());
        Run one = TestingReplicas.train(spec, shards, 1, leaving);
        Run three = TestingReplicas.train(spec, shards, 3, leaving);
        assertThat(three.sha256()).isEqualTo(one.sha256());
        assertThat(three.metric("validation.loss")).isEqualTo(one.metric("validation.loss"));
    }

    @Test
    void divergenceOfAShardEndsAllReplicasAtTheNextExchange() throws Exception {
        TrainingSpec spec = spec(
                SMALL,
                Optimization.of(new Sgd(1e30, 0, false, 0)),
                new LocalSgd(4, OuterOptimizer.MEAN),
                CheckpointPolicy.NEVER);
        List<Ended<Trained>> ended = TestingReplicas.tryToTrain(
                spec,
                TestingRows.shards(clouds, 4, false),
                3,
                engines -> {},
                new TestingCoordination(3, spec.metricSet()));
        assertThat(ended)
                .allSatisfy(replica -> assertThat(replica.failure())
                        .isInstanceOfSatisfying(
                                TrainingDivergedException.class,
                                failure -> assertThat(failure.iteration()).isEqualTo(4))
                        .hasMessageStartingWith("Cannot go on training: the loss of iteration 4 is "));
    }

    @Test
    void whatNeedsTheWholeOptimizerIsNotSharded() {
        Optimization sharded = new Optimization(ADAM, List.of(), Clipping.none(), true);
        assertThatThrownBy(() -> spec(SMALL, sharded, new PowerSgd(2, 1), CheckpointPolicy.NEVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot shard the optimizer: PowerSgd[rank=2, startIteration=1] needs all of it on each"
                        + " replica (expected sharded: false, or gradients in some precision)");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertRefused(() -> new PowerSgd(0, 1), "Invalid rank: 0 (must be in [1, 256])");
        assertRefused(() -> new PowerSgd(257, 1), "Invalid rank: 257 (must be in [1, 256])");
        assertRefused(() -> new PowerSgd(1, 0), "Invalid startIteration: 0 (must be >= 1)");
        assertRefused(() -> new LocalSgd(0, OuterOptimizer.MEAN), "Invalid every: 0 (must be >= 1)");
        assertRefused(() -> new OuterOptimizer(1, 0, true), "Invalid momentum: 0.0 (must be > 0 with nesterov)");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static Checkpoints fresh() {
        return new Checkpoints(new InMemoryCheckpointStore(), null);
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

    private static TrainingSpec spec(
            ModelSpec model, Optimization optimization, Synchronization synchronization, CheckpointPolicy policy) {
        return new TrainingSpec(
                TestingRows.layout(clouds, model != SMALL),
                model,
                LossFunction.CROSS_ENTROPY,
                optimization,
                synchronization,
                List.of("loss", "accuracy"),
                2,
                33,
                17,
                policy,
                List.of());
    }
}
