package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.model.Linear;
import io.firesteel.engine.optim.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepWorkloadTest {
    @Test
    void blockIsAnEpochOverTheRowsOfAReplica() {
        StepWorkload workload = workload(3, 7, 4, 2, 1);
        assertThat(workload.rows()).isEqualTo(28);
        assertThat(workload.allBlocks()).isEqualTo(3);
        assertThat(workload.training(2, 5).batchSize()).isEqualTo(14);
        assertThat(workload.training(2, 5).epochs()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 2, 1, 0, 'Invalid classes: 1 (must be >= 2)'",
        "2, 0, 2, 1, 0, 'Invalid batch: 0 (must be >= 1)'",
        "2, 1, 1, 1, 0, 'Invalid steps: 1 (must be >= 2)'",
        "2, 1, 2, 0, 0, 'Invalid blocks: 0 (must be >= 1)'",
        "2, 1, 2, 1, -1, 'Invalid warmUpBlocks: -1 (must be >= 0)'"
    })
    void valueOutOfRangeIsRefused(int classes, int batch, int steps, int blocks, int warmUp, String message) {
        assertThatThrownBy(() -> workload(classes, batch, steps, blocks, warmUp))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static StepWorkload workload(int classes, int batch, int steps, int blocks, int warmUpBlocks) {
        return new StepWorkload(
                new Linear(2), List.of(5), classes, batch, new Sgd(0.1, 0, false, 0), steps, blocks, warmUpBlocks);
    }
}
