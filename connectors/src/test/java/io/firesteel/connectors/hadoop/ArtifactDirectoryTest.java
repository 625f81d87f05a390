package io.firesteel.connectors.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactDirectoryTest {
    private final Configuration configuration = new Configuration();

    @TempDir
    private Path temporary;

    @Test
    void writeMakesDirectoriesAndLeavesTheFileAlone() throws IOException {
        ArtifactDirectory run = directory("runs/digits/r1");
        run.write("report.json", bytes("{}"));
        assertThat(files()).containsExactly("runs/digits/r1/report.json");
        assertThat(temporary.resolve("runs/digits/r1/report.json")).hasContent("{}");
    }

    @Test
    void writePutsAFileInPlaceOfAnother() throws IOException {
        ArtifactDirectory run = directory("run");
        run.write("history.jsonl", bytes("a long first line\n"));
        run.write("history.jsonl", bytes("short\n"));
        run.write("history.jsonl", bytes(""));
        assertThat(files()).containsExactly("run/history.jsonl");
        assertThat(temporary.resolve("run/history.jsonl")).isEmptyFile();
    }

    @Test
    void readersSeeAWholeFileAtAnyMoment() throws IOException, InterruptedException, ExecutionException {
        ArtifactDirectory run = directory("run");
        List<byte[]> versions = List.of(bytes("a".repeat(300_000)), bytes("b".repeat(500_000)));
        run.write("file", versions.get(0));
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writes = writer.submit(() -> {
                for (int i = 0; i < 60; i++) {
                    run.write("file", versions.get(i % 2));
                }
            });
            while (!writes.isDone()) {
                byte[] seen = Files.readAllBytes(temporary.resolve("run/file"));
                assertThat(versions).anyMatch(version -> java.util.Arrays.equals(version, seen));
            }
            writes.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void childIsADirectoryInIt() throws IOException {
        ArtifactDirectory model = directory("run").child("model");
        model.write("model.yaml", bytes("x"));
        assertThat(files()).containsExactly("run/model/model.yaml");
        assertThat(model.uri()).isEqualTo("file:" + temporary + "/run/model");
    }

    @Test
    void uriOfARelativePathIsAgainstTheWorkingDirectory() {
        assertThat(ArtifactDirectory.of("runs", configuration).uri())
                .isEqualTo("file:" + Path.of("runs").toAbsolutePath());
    }

    @Test
    void pathMayHoldSpacesAndSigns() throws IOException {
        directory("my runs/a+b").write("a file", bytes("x"));
        assertThat(files()).containsExactly("my runs/a+b/a file");
    }

    @Test
    void existsTellsWhetherSomethingIsThere() {
        ArtifactDirectory run = directory("run");
        assertThat(run.exists()).isFalse();
        run.write("file", bytes("x"));
        assertThat(run.exists()).isTrue();
    }

    @Test
    void deleteRemovesEverythingAndIsHarmlessTheSecondTime() throws IOException {
        ArtifactDirectory run = directory("run");
        run.child("model").write("file", bytes("x"));
        run.delete();
        run.delete();
        assertThat(files()).isEmpty();
        assertThat(temporary.resolve("run")).doesNotExist();
    }

    @Test
    void probeLeavesNothingOfWhatItCreated() {
        directory("a/b/c").checkWritable();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void probeLeavesWhatWasThere() throws IOException {
        Files.createDirectories(temporary.resolve("a/empty"));
        Files.writeString(temporary.resolve("a/file"), "x");
        directory("a/empty").checkWritable();
        directory("a").checkWritable();
        assertThat(temporary.resolve("a/empty")).isEmptyDirectory();
        assertThat(files()).containsExactly("a/file");
    }

    @Test
    void probeUnderAFileFailsAndLeavesNothing() throws IOException {
        Files.writeString(temporary.resolve("occupied"), "x");
        assertThatThrownBy(() -> directory("occupied/runs/r1").checkWritable())
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Cannot write to file:" + temporary + "/occupied/runs/r1: file:" + temporary
                        + "/occupied is a file (expected a directory)");
        assertThat(files()).containsExactly("occupied");
    }

    @Test
    void probeOfAFileFails() throws IOException {
        Files.writeString(temporary.resolve("occupied"), "x");
        assertThatThrownBy(() -> directory("occupied").checkWritable())
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Cannot write to file:" + temporary + "/occupied: file:" + temporary
                        + "/occupied is a file (expected a directory)");
        assertThat(files()).containsExactly("occupied");
    }

    @Test
    void writeUnderAFileNamesIt() throws IOException {
        Files.writeString(temporary.resolve("occupied"), "x");
        assertThatThrownBy(() -> directory("occupied").write("report.json", bytes("x")))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Cannot write file:" + temporary + "/occupied/report.json: file:" + temporary
                        + "/occupied is a file (expected a directory)");
        assertThat(files()).containsExactly("occupied");
    }

    @Test
    void writeOverADirectoryFailsAndLeavesNoUnfinishedFile() throws IOException {
        Files.createDirectories(temporary.resolve("run/report.json/inside"));
        assertThatThrownBy(() -> directory("run").write("report.json", bytes("x")))
                .isInstanceOf(ArtifactException.class)
                .hasMessageStartingWith("Cannot write file:" + temporary + "/run/report.json: ");
        assertThat(files()).isEmpty();
        assertThat(temporary.resolve("run/report.json/inside")).isDirectory();
    }

    @Test
    void schemeWithoutAFileSystemIsRefused() {
        assertThatThrownBy(() -> ArtifactDirectory.of("nowhere://host/runs", configuration))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Cannot use nowhere://host/runs: No FileSystem for scheme \"nowhere\"");
    }

    @Test
    void emptyLocationIsRefused() {
        assertThatThrownBy(() -> ArtifactDirectory.of("", configuration))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Cannot use : Can not create a Path from an empty string");
    }

    private ArtifactDirectory directory(String name) {
        return ArtifactDirectory.of(temporary.resolve(name).toString(), configuration);
    }

    /** Every file, hidden ones too. */
    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(temporary)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> temporary.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
