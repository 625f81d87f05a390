package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchAssemblyTest {
    @TempDir
    Path directory;

    @Test
    void threadOfItsOwnNeedsAProcessorThatNoReplicaKeepsBusy() {
        try (ShardStore store = TestingShards.inMemory(0, 10)) {
            List<ShardStore> stores = List.of(store);
            assertThat(BatchAssembly.onOneMachine(stores, 2, 3)).isEqualTo(BatchAssembly.AHEAD);
            assertThat(BatchAssembly.onOneMachine(stores, 2, 2)).isEqualTo(BatchAssembly.ON_DEMAND);
            assertThat(BatchAssembly.onOneMachine(stores, 4, 2)).isEqualTo(BatchAssembly.ON_DEMAND);
            assertThat(BatchAssembly.onOneMachine(List.of(), 1, 1)).isEqualTo(BatchAssembly.ON_DEMAND);
        }
    }

    @Test
    void rowsThatHaveSpilledAreReadAhead() {
        try (ShardStore memory = TestingShards.inMemory(0, 10);
                ShardStore spilled = TestingShards.spilled(1, 10, directory, 0)) {
            assertThat(BatchAssembly.onOneMachine(List.of(memory, spilled), 2, 2))
                    .isEqualTo(BatchAssembly.AHEAD);
        }
    }
}
