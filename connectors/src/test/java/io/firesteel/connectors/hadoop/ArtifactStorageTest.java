package io.firesteel.connectors.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an artefact directory promises, on a local disk, on HDFS and on S3. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArtifactStorageTest {
    private static final int WRITERS = 8;
    private static final int ROUNDS = 50;
    /** Above the 5 MB that S3 asks of a part, so it goes in two. */
    private static final int LARGE = 6 << 20;

    @ParameterizedTest
    @EnumSource(Storage.class)
    void fileIsReadAsWritten(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory().child("a/b");
        byte[] content = random(100_000, 1);
        assertThat(directory.write("file", content).bytes()).isEqualTo(100_000);
        assertThat(directory.readAll("file")).isEqualTo(content);
        assertThat(directory.list()).containsExactly("file");
        assertThat(directory.child("file").exists()).isTrue();
        assertThat(directory.isDirectory()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void laterFileReplacesOneOfItsName(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        directory.write("file", bytes("a long first content"));
        directory.write("file", bytes("short"));
        assertThat(directory.readAll("file")).asString(UTF_8).isEqualTo("short");
        directory.write("file", new byte[0]);
        assertThat(directory.readAll("file")).isEmpty();
        assertThat(directory.list()).containsExactly("file");
    }

    /** The value is that of {@code printf abc | sha256sum}. */
    @ParameterizedTest
    @EnumSource(Storage.class)
    void writingTellsLengthAndChecksum(Storage storage) {
        assertThat(storage.emptyDirectory().write("file", bytes("abc")))
                .isEqualTo(
                        new StoredFile("file", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void largeFileIsStreamed(Storage storage) throws IOException {
        Configuration client = storage.client();
        client.set("fs.s3a.multipart.size", "5M");
        ArtifactDirectory directory =
                ArtifactDirectory.of(storage.emptyDirectory().uri(), client);
        byte[] block = random(1 << 20, 2);
        StoredFile stored = directory.write("large", out -> {
            for (int written = 0; written < LARGE; written += block.length) {
                out.write(block);
            }
        });
        assertThat(stored.bytes()).isEqualTo(LARGE);
        try (InputStream in = directory.openVerified("large", stored.sha256())) {
            for (int read = 0; read < LARGE; read += block.length) {
                assertThat(in.readNBytes(block.length)).isEqualTo(block);
            }
            assertThat(in.read()).isNegative();
        }
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void publishedFileIsLeftAloneByTheNextPublisher(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        assertThat(directory.publishIfAbsent("pointer", bytes("first"))).isTrue();
        assertThat(directory.publishIfAbsent("pointer", bytes("second"))).isFalse();
        assertThat(directory.publishIfAbsent("pointer", bytes("first"))).isFalse();
        assertThat(directory.readAll("pointer")).asString(UTF_8).isEqualTo("first");
        assertThat(directory.list()).containsExactly("pointer");
        directory.child("pointer").delete();
        assertThat(directory.publishIfAbsent("pointer", bytes("third"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void exactlyOneOfManyPublishersWins(Storage storage) throws Exception {
        ArtifactDirectory directory = storage.emptyDirectory();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<Future<Boolean>> outcomes = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    byte[] content = contentOf(writer);
                    String name = "round-" + round;
                    outcomes.add(writers.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        return directory.publishIfAbsent(name, content);
                    }));
                }
                byte[] expected = winnerOf(outcomes);
                assertThat(directory.readAll("round-" + round)).isEqualTo(expected);
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(directory.list()).hasSize(ROUNDS);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void readersSeeWholeFilesWhileOneIsReplaced(Storage storage) throws Exception {
        ArtifactDirectory directory = storage.emptyDirectory();
        List<byte[]> versions = List.of(random(30_000, 3), random(50_000, 4));
        directory.write("file", versions.get(0));
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writes = writer.submit(() -> {
                for (int i = 0; i < 30; i++) {
                    directory.write("file", versions.get(i % 2));
                }
            });
            do {
                byte[] seen = directory.readAll("file");
                assertThat(versions).anyMatch(version -> Arrays.equals(version, seen));
            } while (!writes.isDone());
            writes.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void contentThatFailsMidwayLeavesNothing(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        FileContent broken = out -> {
            out.write(random(LARGE, 5));
            throw new IllegalStateException("the model is gone");
        };
        assertThatThrownBy(() -> directory.write("file", broken)).hasMessage("the model is gone");
        assertThatThrownBy(() -> directory.publishIfAbsent("file", broken)).hasMessage("the model is gone");
        assertThat(directory.list()).isEmpty();
        assertThat(directory.child("file").exists()).isFalse();
        assertThat(directory.publishIfAbsent("file", bytes("whole"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void replacementThatFailsMidwayLeavesTheOldFile(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        directory.write("file", bytes("old"));
        assertThatThrownBy(() -> directory.write("file", out -> {
                    out.write(random(LARGE, 6));
                    throw new IOException("the source broke off");
                }))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Cannot write " + directory.child("file").uri() + ": the source broke off");
        assertThat(directory.readAll("file")).asString(UTF_8).isEqualTo("old");
        assertThat(directory.list()).containsExactly("file");
    }

    /** A writer that was killed leaves its file open, or closed and not yet renamed. */
    @ParameterizedTest
    @EnumSource(Storage.class)
    void whatAKilledWriterLeavesIsPassedOverAndDeleted(Storage storage) throws IOException {
        ArtifactDirectory directory = storage.emptyDirectory();
        directory.write("file", bytes("whole"));
        Path left = new Path(directory.uri(), ".other.1b4e28ba-2fa1-11d2-883f-0016d3cca427.tmp");
        try (FSDataOutputStream out =
                FileSystem.get(left.toUri(), storage.client()).create(left)) {
            out.write(1);
        }
        assertThat(directory.list()).containsExactly("file");
        assertThat(directory.deleteUnfinished(Duration.ofHours(1))).isZero();
        assertThat(directory.deleteUnfinished(Duration.ofHours(-1))).isEqualTo(1);
        assertThat(directory.deleteUnfinished(Duration.ofHours(-1))).isZero();
        assertThat(directory.readAll("file")).asString(UTF_8).isEqualTo("whole");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void failureThatPassesIsTriedAgainFromTheStart(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        AtomicInteger attempts = new AtomicInteger();
        FileContent shaky = out -> {
            out.write(bytes("whole"));
            if (attempts.incrementAndGet() == 1) {
                throw new java.net.SocketException("Connection reset");
            }
        };
        StoredFile stored = directory.write("file", shaky);
        assertThat(attempts).hasValue(2);
        assertThat(stored).isEqualTo(new StoredFile("file", 5, Sha256.of(bytes("whole"))));
        attempts.set(0);
        assertThat(directory.publishIfAbsent("other", shaky)).isTrue();
        assertThat(directory.readAll("other")).asString(UTF_8).isEqualTo("whole");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void directoryIsSealedOnceWithTheChecksumsOfItsFiles(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        List<StoredFile> files = List.of(directory.write("b", bytes("2")), directory.write("a", bytes("1")));
        assertThat(directory.checksums()).isEmpty();
        assertThat(directory.seal(files)).isTrue();
        assertThat(directory.seal(files)).isFalse();
        TreeMap<String, String> expected = new TreeMap<>();
        files.forEach(file -> expected.put(file.name(), file.sha256()));
        assertThat(directory.checksums()).contains(new Checksums(expected));
        assertThat(directory.readVerified("a", expected.get("a")))
                .asString(UTF_8)
                .isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void changedFileIsFoundWhenItIsRead(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        StoredFile stored = directory.write("weights", bytes("trained"));
        directory.write("weights", bytes("damaged"));
        assertThatThrownBy(() -> directory.readVerified("weights", stored.sha256()))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Cannot read " + directory.child("weights").uri() + ": its SHA-256 is "
                        + Sha256.of(bytes("damaged")) + " (expected " + stored.sha256()
                        + "): the file was changed or damaged");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void missingFileIsNamed(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        assertThatThrownBy(() -> directory.readAll("file"))
                .isInstanceOf(ArtifactException.class)
                .hasMessageStartingWith(
                        "Cannot read " + directory.child("file").uri() + ": no such file or directory: ");
        assertThat(directory.list()).isEmpty();
        assertThat(directory.exists()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void probeLeavesNothing(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        directory.child("a/b").checkWritable();
        assertThat(directory.exists()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void deletedDirectoryIsGoneWithAllInIt(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        directory.child("a").write("file", bytes("x"));
        directory.delete();
        directory.delete();
        assertThat(directory.child("a/file").exists()).isFalse();
    }

    /** Which one wrote can be told from every part of it. */
    private static byte[] contentOf(int writer) {
        return bytes(("writer " + writer + "\n").repeat(500));
    }

    private static byte[] winnerOf(List<Future<Boolean>> outcomes) throws Exception {
        List<Integer> winners = new ArrayList<>();
        for (int writer = 0; writer < outcomes.size(); writer++) {
            if (outcomes.get(writer).get(60, TimeUnit.SECONDS)) {
                winners.add(writer);
            }
        }
        assertThat(winners).hasSize(1);
        return contentOf(winners.get(0));
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
