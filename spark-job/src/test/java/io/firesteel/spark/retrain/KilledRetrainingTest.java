package io.firesteel.spark.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.connectors.lease.JobLease;
import io.firesteel.connectors.lease.LeaseAnswer;
import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.spark.cli.Firesteel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command as a process of its own, which is killed with SIGKILL at random moments and started again. {@code -Dfiresteel.kills=50} for
 * more kills than an ordinary build has time for.
 */
@Timeout(1800)
class KilledRetrainingTest {
    private static final int KILLS = Integer.getInteger("firesteel.kills", 3);
    private static final LocalDate FROM = LocalDate.of(2016, 1, 12);
    private static final int DATES = Math.min(28, 2 + KILLS);
    private static final long SHORTEST_MILLIS = 2_000;
    private static final long SPREAD_MILLIS = 8_000;

    @TempDir
    private Path directory;

    @Test
    void killedAtAnyMomentItEndsAsIfItHadNotBeen() throws Exception {
        RetrainingFixture killed = new RetrainingFixture(Files.createDirectory(directory.resolve("killed"))).job();
        Random random = new Random(17);
        for (int kill = 0; kill < KILLS; kill++) {
            Process command = start(killed);
            boolean ended = command.waitFor(
                    SHORTEST_MILLIS + (long) (random.nextDouble() * SPREAD_MILLIS), TimeUnit.MILLISECONDS);
            assertThat(ended && command.exitValue() != 0)
                    .as(Files.readString(directory.resolve("output")))
                    .isFalse();
            command.destroyForcibly().waitFor();
            checkWhole(killed);
        }
        LocalDate[] dates = dates();
        killed.run(dates);
        RetrainingFixture untouched =
                new RetrainingFixture(Files.createDirectory(directory.resolve("untouched"))).job();
        untouched.run(dates);
        assertThat(killed.history()).isEqualTo(untouched.history());
        assertThat(killed.records()).isEqualTo(untouched.records());
    }

    private static LocalDate[] dates() {
        return FROM.datesUntil(FROM.plusDays(DATES)).toArray(LocalDate[]::new);
    }

    /** What holds after every kill, before anybody repairs anything. */
    private static void checkWhole(RetrainingFixture runs) {
        String lease = runs.storage().child("runs/points/retraining/lease").uri();
        LeaseAnswer answer = JobLease.acquire(lease, Duration.ofSeconds(60), new Configuration());
        assertThat(answer).isInstanceOf(LeaseAnswer.Acquired.class);
        ((LeaseAnswer.Acquired) answer).lease().close();
        DirectoryRegistry registry = runs.registry();
        OptionalInt champion = registry.state().holder("champion");
        champion.ifPresent(version -> registry.files(version).verify());
        assertThat(registry.history().stream().map(HistoryEntry::key).flatMap(Optional::stream))
                .doesNotHaveDuplicates();
        assertThat(runs.records()).extracting(record -> record.run().date()).doesNotHaveDuplicates();
    }

    private Process start(RetrainingFixture runs) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-XX:+IgnoreUnrecognized"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx768m",
                "-XX:TieredStopAtLevel=1",
                "-Dspark.ui.enabled=false",
                "-Dspark.sql.shuffle.partitions=2",
                "-cp",
                System.getProperty("java.class.path"),
                Firesteel.class.getName(),
                "retrain",
                runs.jobFile().toString(),
                "--master",
                "local[2]",
                "--date",
                FROM + ".." + FROM.plusDays(DATES - 1)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }
}
