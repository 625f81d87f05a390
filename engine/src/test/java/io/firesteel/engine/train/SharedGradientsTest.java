package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.Optimization;
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
class SharedGradientsTest {
    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
    }

    /** Large enough that sums read the gradients where the replicas left them. */
    private static TrainingSpec spec(boolean sharded) {
        return new TrainingSpec(
                TestingRows.layout(clouds, false),
                new Mlp(List.of(256, 512), 3, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                new Optimization(new Adam(0.003, 0.9, 0.999, 1e-8, 0), List.of(), Clipping.none(), sharded),
                List.of("loss"),
                2,
                32,
                7,
                CheckpointPolicy.NEVER,
                List.of());
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
    @CsvSource({"2, false, true", "3, false, false", "2, true, false"})
    void gradientsMoveWhereEachStepSumsThemAsTheyAre(int shards, boolean sharded, boolean moved) throws Exception {
        List<Ended<Boolean>> ended = TestingReplicas.run(2, communicator -> {
            try (Network network = spec(sharded).network(Device.cpu())) {
                FloatBuffer before = network.gradients();
                SharedGradients.place(network, spec(sharded), shards, communicator);
                before.put(0, 1);
                return network.gradients().get(0) == 0;
            }
        });
        for (Ended<Boolean> rank : ended) {
            assertThat(rank.failure()).isNull();
            assertThat(rank.value()).isEqualTo(moved);
        }
    }
}
