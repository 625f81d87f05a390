package io.firesteel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.spark.barrier.Rank;
import io.firesteel.spark.barrier.RankBody;
import io.firesteel.spark.bench.BenchReport;
import io.firesteel.spark.bench.Benchmark;
import io.firesteel.spark.bench.Ranks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BenchmarkJobTest {
    @TempDir
    private Path directory;

    @BeforeAll
    static void startSpark() {
        SharedSpark.session();
    }

    @Test
    void ranksMeetAndTheirResultsComeInTheirOrder() {
        BenchReport report = run(new Probe(3, rank -> {
            try (Communicator communicator = rank.meet(options -> options)) {
                return communicator.allReduceMax(10L + rank.number()) * 10 + communicator.rank();
            }
        }));
        assertThat(report.text()).isEqualTo("[120, 121, 122]");
    }

    @Test
    void oneRankMeetsNobody() {
        BenchReport report = run(new Probe(1, rank -> {
            try (Communicator communicator = rank.meet(options -> options)) {
                return communicator.worldSize();
            }
        }));
        assertThat(report.text()).isEqualTo("[1]");
    }

    @Test
    void failureOfARankEndsTheOthersAndIsToldWithItsRank() {
        RunException told = failure(new Probe(2, rank -> {
            try (Communicator communicator = rank.meet(options -> options)) {
                if (rank.number() == 1) {
                    throw new IllegalStateException("Cannot go on: out of patience");
                }
                communicator.barrier();
                return 0;
            }
        }));
        assertThat(told.fault()).isEqualTo(RunException.Fault.TRAINING);
        assertThat(told.getMessage())
                .startsWith("Cannot measure: rank 1 on ")
                .endsWith(" failed: Cannot go on: out of patience");
    }

    @Test
    void benchmarkThatNeedsMoreSlotsThanThereAreIsRefused() {
        RunException told = failure(new Probe(SharedSpark.SLOTS + 1, rank -> 0));
        assertThat(told.fault()).isEqualTo(RunException.Fault.JOB);
        assertThat(told)
                .hasMessage("Cannot measure 5 replicas: local[4] has 4 slots (expected at least 5; lower --replicas, or"
                        + " give Spark more executor cores)");
    }

    @Test
    void reportIsWrittenInPlaceOfOneThatIsThere() throws Exception {
        Path file = Files.writeString(directory.resolve("bench.json"), "old");
        new BenchmarkJob(new Probe(1, rank -> 7), Optional.empty(), Optional.of(file.toString()), line -> {}).run();
        assertThat(Files.readString(file)).contains("\"schema\" : \"firesteel.bench/1\"", "\"bench\" : \"probe\"");
    }

    @Test
    void directoryInPlaceOfTheReportIsRefusedBeforeAnythingIsMeasured() {
        Benchmark never = new Probe(1, rank -> {
            throw new IllegalStateException("never");
        });
        BenchmarkJob job = new BenchmarkJob(never, Optional.empty(), Optional.of(directory.toString()), line -> {});
        RunException told = catchThrowableOfType(RunException.class, job::run);
        assertThat(told.fault()).isEqualTo(RunException.Fault.JOB);
        assertThat(told)
                .hasMessage("Cannot write the report to " + directory + ": it is a directory (expected a file's path)");
    }

    private static BenchReport run(Benchmark benchmark) {
        return new BenchmarkJob(benchmark, Optional.empty(), Optional.empty(), line -> {}).run();
    }

    private static RunException failure(Benchmark benchmark) {
        return catchThrowableOfType(RunException.class, () -> run(benchmark));
    }

    /** A benchmark whose report is what its ranks return. */
    private record Probe(int replicas, LongBody body) implements Benchmark {
        @Override
        public String name() {
            return "probe";
        }

        @Override
        public BenchReport run(Ranks ranks, Consumer<String> progress) {
            List<Long> results = ranks.run(body, Long.class);
            return new BenchReport(name(), List.of(), results.toString());
        }
    }

    /** A body that returns a number. */
    private interface LongBody extends RankBody<Long> {
        long measure(Rank rank) throws Exception;

        @Override
        default Long run(Rank rank) throws Exception {
            return measure(rank);
        }
    }
}
