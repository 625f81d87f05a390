package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Linear;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.TestingCoordination.Committed;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Run;
import io.firesteel.engine.train.TestingRows.Row;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class SharedParametersTest {
    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
    }

    /** Large enough that sums read the gradients where the replicas left them. */
    private static final ModelSpec WIDE = new Mlp(List.of(256, 512), 3, Activation.RELU);

    private static TrainingSpec spec(boolean sharded) {
        return spec(sharded, WIDE, CheckpointPolicy.NEVER);
    }

    private static TrainingSpec spec(boolean sharded, ModelSpec model, CheckpointPolicy checkpoints) {
        return new TrainingSpec(
                TestingRows.layout(clouds, false),
                model,
                LossFunction.CROSS_ENTROPY,
                new Optimization(new Adam(0.003, 0.9, 0.999, 1e-8, 0), List.of(), Clipping.none(), sharded),
                List.of("loss"),
                2,
                32,
                7,
                checkpoints,
                List.of());
    }

    @Test
    void smallModelsAreNotCutIntoSlices() throws Exception {
        TrainingSpec small = spec(false, new Linear(3), CheckpointPolicy.NEVER);
        for (Ended<Boolean> rank : TestingReplicas.run(2, communicator -> {
            try (Network network = small.network(Device.cpu())) {
                SharedParameters.place(network, small, 2, communicator);
                return Exchanges.of(small, network, communicator).optimizer() instanceof ShardedOptimizer;
            }
        })) {
            assertThat(rank.failure()).isNull();
            assertThat(rank.value()).isFalse();
        }
    }

    /** The optimizer's state is in slices on two replicas, and whole on one. */
    @Test
    void checkpointGoesOnWithAnyNumberOfReplicas() throws Exception {
        TrainingSpec spec = spec(false, WIDE, new CheckpointPolicy(5, 100));
        List<HostedShard> shards = TestingRows.shards(clouds, 2, false);
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        Run unbroken = TestingReplicas.train(spec, shards, 2, store, null);
        List<Committed> committed = unbroken.coordination().committed();
        assertThat(committed).hasSizeGreaterThan(1);
        for (int replicas : new int[] {1, 2}) {
            Run resumed = TestingReplicas.train(
                    spec, shards, replicas, store, committed.get(0).location());
            assertThat(resumed.sha256()).isEqualTo(unbroken.sha256());
        }
    }

    @Test
    void replicasOfOneShardEachGiveTheBitsOfOneReplicaOfAll() throws Exception {
        for (int shards : new int[] {2, 3}) {
            List<HostedShard> all = TestingRows.shards(clouds, shards, false);
            Run one = TestingReplicas.train(spec(false), all, 1);
            Run several = TestingReplicas.train(spec(false), all, shards);
            assertThat(several.sha256()).isEqualTo(one.sha256());
            assertThat(several.metric("train.loss")).isEqualTo(one.metric("train.loss"));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, false, true", "3, false, false", "2, true, true"})
    void parametersMoveWhereEachStepSumsGradientsAsTheyAre(int shards, boolean sharded, boolean moved)
            throws Exception {
        List<Ended<Boolean>> ended = TestingReplicas.run(2, communicator -> {
            try (Network network = spec(sharded).network(Device.cpu())) {
                FloatBuffer gradients = network.gradients();
                FloatBuffer weights = network.weights();
                float first = weights.get(0);
                SharedParameters.place(network, spec(sharded), shards, communicator);
                gradients.put(0, 1);
                weights.put(0, first + 1);
                boolean movedWeights = network.weights().get(0) == first;
                assertThat(network.gradients().get(0) == 0).isEqualTo(movedWeights);
                boolean sliced =
                        Exchanges.of(spec(sharded), network, communicator).optimizer() instanceof ShardedOptimizer;
                assertThat(sliced).isEqualTo(sharded || movedWeights);
                return movedWeights;
            }
        });
        for (Ended<Boolean> rank : ended) {
            assertThat(rank.failure()).isNull();
            assertThat(rank.value()).isEqualTo(moved);
        }
    }
}
