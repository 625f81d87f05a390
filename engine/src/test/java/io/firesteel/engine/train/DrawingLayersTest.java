package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.ModelFactory;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.model.UserModel;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.TestingReplicas.Checkpoints;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of users with DJL's Dropout, whose masks come from libtorch: their runs have the same bits again, too. */
@Timeout(120)
class DrawingLayersTest {
    private static final int EPOCHS = 3;
    private static final int ITERATIONS = 30;

    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
    }

    /** One hidden layer, with dropout behind it. */
    public static final class WithDropout implements ModelFactory {
        @Override
        public Block create(List<TensorSpec> inputs, TensorSpec label, Map<String, String> options) {
            int elements = inputs.get(0).elements();
            return new SequentialBlock()
                    .add(new LambdaBlock(
                            batch -> new NDList(batch.singletonOrThrow().reshape(new Shape(-1, elements))), "Flatten"))
                    .add(Linear.builder().setUnits(16).build())
                    .add(Activation::relu)
                    .add(Dropout.builder()
                            .optRate(Float.parseFloat(options.get("rate")))
                            .build())
                    .add(Linear.builder().setUnits(3).build());
        }
    }

    static List<Synchronization> synchronizations() {
        return List.of(WirePrecision.FLOAT32, new LocalSgd(4, OuterOptimizer.MEAN));
    }

    @ParameterizedTest
    @MethodSource("synchronizations")
    void resumedRunHasTheBitsOfOneThatWasNotInterrupted(Synchronization synchronization) throws Exception {
        TrainingSpec spec = spec("0.5", 17, synchronization);
        String untouched = sha256(run(spec, new InMemoryCheckpointStore(), null, 2, 0));
        Random random = new Random(3);
        for (int round = 0; round < 4; round++) {
            InMemoryCheckpointStore store = new InMemoryCheckpointStore();
            run(spec, store, null, 2, 5 + random.nextInt(ITERATIONS - 5));
            Torch.start(1);
            int replicas = 1 + random.nextInt(4);
            String last =
                    store.locations().stream().reduce((first, second) -> second).orElseThrow();
            assertThat(sha256(run(spec, store, last, replicas, 0)))
                    .as("%d replicas from %s", replicas, last)
                    .isEqualTo(untouched);
        }
    }

    @Test
    void replicasOfOneProcessDoNotDisturbEachOther() throws Exception {
        TrainingSpec spec = spec("0.5", 17, WirePrecision.FLOAT32);
        Set<String> hashes = new HashSet<>();
        for (int replicas : List.of(1, 2, 4, 4, 3)) {
            hashes.add(sha256(run(spec, new InMemoryCheckpointStore(), null, replicas, 0)));
        }
        assertThat(hashes).hasSize(1);
    }

    @Test
    void masksAreDrawn() throws Exception {
        String with = sha256(run(spec("0.5", 17, WirePrecision.FLOAT32), new InMemoryCheckpointStore(), null, 1, 0));
        String without = sha256(run(spec("0", 17, WirePrecision.FLOAT32), new InMemoryCheckpointStore(), null, 1, 0));
        assertThat(with).isNotEqualTo(without);
    }

    @Test
    void everyStepOfEveryShardHasASeedOfItsOwn() {
        Set<Long> seeds = new HashSet<>();
        IntStream.rangeClosed(1, 1000)
                .forEach(iteration ->
                        IntStream.range(0, 16).forEach(shard -> seeds.add(new DrawSeeds(42).of(iteration, shard))));
        assertThat(seeds).hasSize(16_000);
        assertThat(new DrawSeeds(43).of(1, 0)).isNotIn(seeds);
    }

    private static String sha256(List<Ended<Trained>> ended) {
        assertThat(ended).extracting(Ended::failure).containsOnlyNulls();
        return ended.get(0).value().outcome().weightsSha256();
    }

    /** @param failing the iteration in which all replicas fail; 0 for none */
    private static List<Ended<Trained>> run(
            TrainingSpec spec, InMemoryCheckpointStore store, String location, int replicas, int failing)
            throws Exception {
        TestingCoordination coordination = new TestingCoordination(replicas, spec.metricSet(), checkpoint -> {});
        return TestingReplicas.tryToTrain(
                spec,
                TestingRows.shards(clouds, 4, false),
                replicas,
                engines -> engines.trainer()
                        .on(Events.ITERATION_COMPLETED.when((engine, count) -> count == failing), engine -> {
                            throw new IllegalStateException("broken");
                        }),
                coordination,
                new Checkpoints(store, location));
    }

    private static TrainingSpec spec(String rate, long seed, Synchronization synchronization) {
        return new TrainingSpec(
                TestingRows.layout(clouds, false),
                new UserModel(WithDropout.class.getName(), Map.of("rate", rate)),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Sgd(0.1, 0.9, false, 0)),
                synchronization,
                List.of("loss", "accuracy"),
                EPOCHS,
                33,
                seed,
                new CheckpointPolicy(4, 100),
                List.of());
    }
}
