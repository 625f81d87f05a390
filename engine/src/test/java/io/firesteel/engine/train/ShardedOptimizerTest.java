package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.NetworkFacts;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.Lamb;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.ParameterGroup;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.TestingCoordination.Committed;
import io.firesteel.engine.train.TestingReplicas.Run;
import io.firesteel.engine.train.TestingRows.Row;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An optimizer in slices gives the bits of a whole one, also where norms go over all slices. */
@Timeout(180)
class ShardedOptimizerTest {
    /** 12 blocks of 4096 floats and a part of one, so that up to 5 replicas have unequal slices and some have none of 16. */
    private static final ModelSpec WIDE = new Mlp(List.of(256, 192), 3, Activation.RELU);

    private static final ModelSpec SMALL = new Mlp(List.of(16, 8), 3, Activation.RELU);
    private static final OptimizerSpec ADAM = new Adam(0.003, 0.9, 0.999, 1e-8, 0);

    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
    }

    static Stream<Arguments> optimizations() {
        List<ParameterGroup> noDecayOfBiases = List.of(new ParameterGroup("*.bias", 0.003, 0));
        return Stream.of(
                Arguments.of("SGD without state", WIDE, new Sgd(0.1, 0, false, 0), List.of(), Clipping.none()),
                Arguments.of("Adam", WIDE, ADAM, List.of(), Clipping.none()),
                Arguments.of("Adam, groups, clipped by norm", WIDE, ADAM, noDecayOfBiases, Clipping.byNorm(0.5)),
                Arguments.of("LAMB", WIDE, new Lamb(0.01, 0.9, 0.999, 1e-6, 0.01), List.of(), Clipping.none()),
                Arguments.of("BatchNorm", NetworkFacts.BATCH_NORM.spec(), ADAM, List.of(), Clipping.none()),
                Arguments.of("less than a block", SMALL, ADAM, List.of(), Clipping.none()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizations")
    void slicesGiveTheBitsOfTheWhole(
            String name, ModelSpec model, OptimizerSpec optimizer, List<ParameterGroup> groups, Clipping clipping)
            throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, true);
        Optimization whole = new Optimization(optimizer, groups, clipping, false);
        Run expected = TestingReplicas.train(spec(model, whole, CheckpointPolicy.NEVER), shards, 2);
        Optimization sharded = new Optimization(optimizer, groups, clipping, true);
        for (int replicas : new int[] {1, 2, 3, 4}) {
            Run run = TestingReplicas.train(spec(model, sharded, CheckpointPolicy.NEVER), shards, replicas);
            assertThat(run.sha256()).as("%d replicas", replicas).isEqualTo(expected.sha256());
            assertThat(run.metric("train.loss")).isEqualTo(expected.metric("train.loss"));
        }
    }

    @Test
    void checkpointOfSlicesGoesOnWithAnyNumberOfReplicasAndWithoutSlices() throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, true);
        CheckpointPolicy policy = new CheckpointPolicy(7, 100);
        Optimization sharded = new Optimization(ADAM, List.of(), Clipping.none(), true);
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        Run unbroken = TestingReplicas.train(spec(WIDE, sharded, policy), shards, 3, store, null);
        List<Committed> committed = unbroken.coordination().committed();
        assertThat(committed).hasSizeGreaterThan(1);
        for (int replicas : new int[] {1, 2, 4}) {
            for (Optimization next : List.of(sharded, Optimization.of(ADAM))) {
                Run resumed = TestingReplicas.train(
                        spec(WIDE, next, policy),
                        shards,
                        replicas,
                        store,
                        committed.get(0).location());
                assertThat(resumed.sha256()).isEqualTo(unbroken.sha256());
            }
        }
    }

    private static TrainingSpec spec(ModelSpec model, Optimization optimization, CheckpointPolicy policy) {
        return new TrainingSpec(
                TestingRows.layout(clouds, true),
                model,
                LossFunction.CROSS_ENTROPY,
                optimization,
                List.of("loss", "accuracy"),
                2,
                33,
                17,
                policy,
                List.of());
    }
}
