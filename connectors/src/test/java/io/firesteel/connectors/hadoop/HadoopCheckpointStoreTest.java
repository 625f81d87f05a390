package io.firesteel.connectors.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.CheckpointStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a local disk, in a directory whose name has what URIs escape. */
class HadoopCheckpointStoreTest extends CheckpointStoreContract {
    @TempDir
    private Path temporary;

    private Path folder;
    private CheckpointStore store;

    @BeforeEach
    void open() {
        folder = temporary.resolve("my runs, 100% ü/r1");
        store = store("file://" + folder);
    }

    @Override
    protected CheckpointStore store() {
        return store;
    }

    @Test
    void locationIsTheUriOfTheOnlyFile() throws IOException {
        assertThat(store.write("c", new byte[] {1, 2})).isEqualTo("file:" + folder + "/c");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("c"));
        }
        assertThat(folder.resolve("c")).hasBinaryContent(new byte[] {1, 2});
    }

    @Test
    void anotherStoreReadsAndDeletesIt() {
        String location = store.write("c", new byte[] {1, 2});
        CheckpointStore other = store(temporary.resolve("elsewhere").toString());
        assertThat(other.read(location)).containsExactly(1, 2);
        other.delete(location);
        assertThat(folder.resolve("c")).doesNotExist();
    }

    @Test
    void missingFileIsNamed() {
        String missing = "file:" + folder + "/c";
        assertThatThrownBy(() -> store.read(missing))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("Cannot load checkpoint: Cannot read " + missing + ": no such file");
        store.delete(missing);
    }

    @Test
    void fileInPlaceOfTheDirectoryIsNamed() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.createFile(folder);
        assertThatThrownBy(() -> store.write("c", new byte[] {1}))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot save checkpoint: Cannot write file:" + folder + "/c: file:" + folder
                        + " is a file (expected a directory)");
    }

    private static CheckpointStore store(String location) {
        return new HadoopCheckpointStore(ArtifactDirectory.of(location, new Configuration()));
    }
}
