package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.train.StepWorkload;
import io.firesteel.spark.config.OptimizerOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepRequestTest {
    private static final OptimizerSpec ADAM = OptimizerOption.parse("adam");

    @ParameterizedTest
    @CsvSource({
        // 1200 steps at 64 rows, half as many at four times the rows; about ten blocks, none above 24576 rows.
        "MLP, 64, 0, 120, 10",
        "MLP, 256, 0, 60, 10",
        "MLP, 1024, 0, 24, 13",
        "MLP, 1, 0, 120, 10",
        "LENET, 64, 0, 16, 10",
        "LENET, 1024, 0, 4, 10",
        "LENET, 12288, 0, 2, 10",
        "MLP, 64, 2, 2, 1",
        "MLP, 64, 3, 3, 1",
        "MLP, 64, 100, 10, 10",
        "MLP, 64, 101, 11, 10"
    })
    void stepsAreCutIntoBlocks(StepModel model, int batch, int steps, int ofBlock, int blocks) {
        StepWorkload workload = request(1, List.of(batch), steps).workload(model, batch);
        assertThat(workload.steps()).isEqualTo(ofBlock);
        assertThat(workload.blocks()).isEqualTo(blocks);
        assertThat(workload.warmUpBlocks()).isEqualTo(2);
        assertThat(workload.batch()).isEqualTo(batch);
        assertThat(workload.model()).isEqualTo(model.spec());
    }

    @ParameterizedTest
    @CsvSource({"MLP, 0, 2400", "LENET, 0, 320", "MLP, 5, 5", "LENET, 1000, 320"})
    void warmUpIsLongForTheCompilerAndNoLongerThanWhatCounts(StepModel model, int steps, int expected) {
        StepWorkload workload = request(1, List.of(1024), steps).warmUp(model);
        assertThat(workload.steps()).isEqualTo(expected);
        assertThat(workload.blocks()).isEqualTo(1);
        assertThat(workload.warmUpBlocks()).isZero();
        assertThat(workload.batch()).isEqualTo(8);
        assertThat(workload.model()).isEqualTo(model.spec());
    }

    @Test
    void requestOutOfRangeIsRefused() {
        assertThatThrownBy(() -> request(0, List.of(64), 0)).hasMessage("Invalid replicas: 0 (must be >= 1)");
        assertThatThrownBy(() -> request(1, List.of(), 0))
                .hasMessage("Invalid models and batches: [MLP] and [] (must be at least one of each)");
        assertThatThrownBy(() -> request(1, List.of(64, 0), 0)).hasMessage("Invalid batch: 0 (must be in [1, 12288])");
        assertThatThrownBy(() -> request(1, List.of(12289), 0))
                .hasMessage("Invalid batch: 12289 (must be in [1, 12288])");
        assertThatThrownBy(() -> request(1, List.of(64), 1)).hasMessage("Invalid steps: 1 (must be >= 2)");
        assertThatThrownBy(() -> request(1, List.of(64), -2)).hasMessage("Invalid steps: -2 (must be >= 2)");
        assertThatThrownBy(() -> StepModel.byLabel("resnet"))
                .hasMessage("Invalid model: resnet (must be one of mlp, lenet)");
    }

    private static StepRequest request(int replicas, List<Integer> batches, int steps) {
        return new StepRequest(replicas, List.of(StepModel.MLP), batches, "adam", ADAM, steps);
    }
}
