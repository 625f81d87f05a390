package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.LeNet;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.Sgd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepBenchmarkTest {
    private static final OptimizerSpec ADAM = new Adam(0.001, 0.9, 0.999, 1e-8, 0);
    private static final int BLOCKS = 3;

    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    @Test
    void oneReplicaIsMeasuredBesideTheBareLoopAndDjlsOwn() {
        Map<StepArrangement, StepTimes> times = run(mlp(ADAM), Communicator.local());
        assertThat(times).containsOnlyKeys(StepArrangement.ALONE, StepArrangement.BARE, StepArrangement.DJL);
        assertThat(times.values()).allSatisfy(StepBenchmarkTest::isPlausible);
        StepPhases alone = times.get(StepArrangement.ALONE).typical();
        assertThat(alone.forward()).isPositive();
        assertThat(alone.backward()).isPositive();
        assertThat(alone.reduce()).isPositive();
        assertThat(alone.other()).isPositive();
    }

    @Test
    void djlsOwnLoopRunsWhereItsOptimizerIsTheSame() {
        Map<StepArrangement, StepTimes> times = run(mlp(new Sgd(0.1, 0, false, 0)), Communicator.local());
        assertThat(times).containsOnlyKeys(StepArrangement.ALONE, StepArrangement.BARE);
    }

    @Test
    void convolutionsTakeImages() {
        StepWorkload workload = new StepWorkload(new LeNet(10), List.of(1, 28, 28), 10, 2, ADAM, 2, 1, 0);
        assertThat(run(workload, Communicator.local()).values()).allSatisfy(times -> {
            assertThat(times.typical().step()).isPositive();
            assertThat(times.rowsPerSecond()).hasSize(1);
        });
    }

    @Test
    void replicasTrainTogetherSeparatelyAndTheFirstAlone() throws Exception {
        List<TestingReplicas.Ended<Map<StepArrangement, StepTimes>>> ended =
                TestingReplicas.run(2, communicator -> run(mlp(ADAM), communicator));
        assertThat(ended).allSatisfy(rank -> assertThat(rank.failure()).isNull());
        assertThat(ended.get(0).value()).containsOnlyKeys(StepArrangement.values());
        assertThat(ended.get(1).value())
                .containsOnlyKeys(StepArrangement.EXCHANGING, StepArrangement.SEPARATE, StepArrangement.IN_STEP);
        assertThat(ended)
                .allSatisfy(rank -> assertThat(rank.value().values()).allSatisfy(StepBenchmarkTest::isPlausible));
    }

    @Test
    void modelThatDoesNotFitTheRowsIsRefusedAndLeavesNothingOpen() {
        StepWorkload workload = new StepWorkload(new LeNet(10), List.of(784), 10, 2, ADAM, 2, 1, 0);
        assertThatThrownBy(() -> run(workload, Communicator.local()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot build lenet: input has shape [784] (expected [channels, height, width] with sides of"
                                + " at least 12)");
    }

    private static StepWorkload mlp(OptimizerSpec optimizer) {
        return new StepWorkload(new Mlp(List.of(8), 3, Activation.RELU), List.of(6), 3, 4, optimizer, 5, BLOCKS, 1);
    }

    private static Map<StepArrangement, StepTimes> run(StepWorkload workload, Communicator communicator) {
        try (StepBenchmark benchmark = new StepBenchmark(workload, communicator)) {
            return benchmark.run();
        }
    }

    private static void isPlausible(StepTimes times) {
        StepPhases typical = times.typical();
        assertThat(typical.step()).isPositive();
        assertThat(typical.optimizer()).isPositive();
        assertThat(typical.forward() + typical.backward() + typical.reduce() + typical.optimizer())
                .isLessThanOrEqualTo(typical.step());
        assertThat(times.quickest().step()).isPositive().isLessThanOrEqualTo(typical.step());
        assertThat(times.rowsPerSecond()).hasSize(BLOCKS).allMatch(rows -> rows > 0);
    }
}
