package io.firesteel.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link CheckpointStore} does; extended by the test of each. */
public abstract class CheckpointStoreContract {
    private static final String NAME = "checkpoint-0000000005.safetensors";
    private static final byte[] CONTENT = random(100_000, 1);

    /** An empty store, the same one during a test. */
    protected abstract CheckpointStore store();

    @Test
    void readGivesWhatWasWritten() {
        String location = store().write(NAME, CONTENT);
        assertThat(location).endsWith(NAME);
        assertThat(store().read(location)).isEqualTo(CONTENT);
        assertThat(store().read(location)).isEqualTo(CONTENT);
    }

    @Test
    void emptyContentIsContent() {
        assertThat(store().read(store().write(NAME, new byte[0]))).isEmpty();
    }

    @Test
    void laterChangesOfTheArrayDoNotChangeTheCheckpoint() {
        byte[] content = CONTENT.clone();
        String location = store().write(NAME, content);
        Arrays.fill(content, (byte) 0);
        Arrays.fill(store().read(location), (byte) 0);
        assertThat(store().read(location)).isEqualTo(CONTENT);
    }

    @Test
    void checkpointsOfOtherNamesStayAsTheyAre() {
        String first = store().write(NAME, CONTENT);
        String second = store().write("checkpoint-0000000010.safetensors", random(10, 2));
        assertThat(second).isNotEqualTo(first);
        assertThat(store().read(first)).isEqualTo(CONTENT);
        store().delete(first);
        assertThat(store().read(second)).isEqualTo(random(10, 2));
    }

    @Test
    void writingANameAgainGivesTheNewContentWhole() {
        String location = store().write(NAME, CONTENT);
        assertThat(store().write(NAME, random(10, 2))).isEqualTo(location);
        assertThat(store().read(location)).isEqualTo(random(10, 2));
        store().write(NAME, random(200_000, 3));
        assertThat(store().read(location)).isEqualTo(random(200_000, 3));
    }

    @Test
    void deletedCheckpointCannotBeRead() {
        String location = store().write(NAME, CONTENT);
        store().delete(location);
        assertThatThrownBy(() -> store().read(location))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("Cannot load checkpoint: ")
                .hasMessageContaining(location);
    }

    @Test
    void deletingWhatIsGoneIsNoError() {
        String location = store().write(NAME, CONTENT);
        store().delete(location);
        store().delete(location);
        assertThat(store().read(store().write(NAME, CONTENT))).isEqualTo(CONTENT);
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
