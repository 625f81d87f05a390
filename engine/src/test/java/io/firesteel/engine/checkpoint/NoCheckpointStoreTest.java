package io.firesteel.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NoCheckpointStoreTest {
    @Test
    void everyCallFails() {
        CheckpointStore store = CheckpointStore.none();
        assertThatThrownBy(() -> store.write("a", new byte[0]))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot save a: this run has no checkpoint store");
        assertThatThrownBy(() -> store.read("a"))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot load a: this run has no checkpoint store");
        assertThatThrownBy(() -> store.delete("a"))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot delete a: this run has no checkpoint store");
    }
}
