package io.firesteel.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.engine.registry.AliasChange;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.RegistryState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that registers, promotes, rolls back and prunes as fast as it can is killed at random moments. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledRegistryTest {
    private static final int KILLS = Integer.getInteger("firesteel.registry.kills", 6);
    private static final String CHAMPION = "champion";

    @TempDir
    private Path temporary;

    @Test
    void registryIsWholeWheneverItsWriterIsKilled() throws Exception {
        Random random = new Random(11);
        int entries = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            killOne(random);
            DirectoryRegistry registry = open(temporary);
            RegistryState state = registry.state();
            assertThat(state.number()).as("progress").isGreaterThan(entries);
            entries = state.number();
            assertThat(registry.history()).extracting(HistoryEntry::number).hasSize(entries);
            VersionFiles champion = registry.resolve(CHAMPION);
            assertThat(champion.version().number())
                    .isEqualTo(state.holder(CHAMPION).getAsInt());
            champion.verify();
            for (int version : state.versions().keySet()) {
                registry.files(version).verify();
            }
        }
    }

    private void killOne(Random random) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRegistryTest.class.getName(),
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            // After its first round, so that each writer gets somewhere; then at any moment.
            assertThat(lines.readLine()).isEqualTo("round");
            assertThat(writer.waitFor(random.nextInt(400_000), TimeUnit.MICROSECONDS))
                    .isFalse();
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private static DirectoryRegistry open(Path folder) {
        return DirectoryRegistry.open("file:" + folder.resolve("registry"), new Configuration());
    }

    /** The process that is killed. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        ArtifactDirectory runs = ArtifactDirectory.of("file:" + folder.resolve("runs"), new Configuration());
        long me = ProcessHandle.current().pid();
        for (int round = 0; ; round++) {
            DirectoryRegistry registry = open(folder);
            int version = registry.register(TestModels.of("run-" + me + "-" + round, runs))
                    .version()
                    .getAsInt();
            registry.promote(AliasChange.of(version, CHAMPION, "newest"), registry.state());
            if (round % 3 == 2) {
                registry.rollback(CHAMPION, "worse", registry.state());
            }
            registry.prune(2, "old");
            System.out.println("round");
        }
    }
}
