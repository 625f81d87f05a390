package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmarks as commands, each run for a few rounds: what they measure is nothing to rely on, what they write is. */
@Timeout(180)
class BenchCommandTest {
    @TempDir
    private Path directory;

    @Test
    void allReduceWritesARowForEachSize() {
        Path file = directory.resolve("allreduce.json");
        TrainingRuns.Ended ended = TrainingRuns.run(
                        words("bench allreduce --replicas 3 --sizes 8B,64KB --rounds 3" + " --json " + file))
                .done();
        JsonNode json = TrainingRuns.json(file);
        assertThat(json.get("schema").asText()).isEqualTo("firesteel.bench/1");
        assertThat(json.get("bench").asText()).isEqualTo("allreduce");
        assertThat(json.get("rows")).hasSize(2).allSatisfy(row -> {
            assertThat(names(row))
                    .containsExactly(
                            "replicas",
                            "bytes",
                            "medianMillis",
                            "rounds",
                            "p90Millis",
                            "bestMillis",
                            "gigabytesPerSecond",
                            "processes",
                            "links");
            assertThat(row.get("replicas").asInt()).isEqualTo(3);
            assertThat(row.get("rounds").asInt()).isEqualTo(3);
            assertThat(row.get("medianMillis").asDouble())
                    .isGreaterThanOrEqualTo(row.get("bestMillis").asDouble())
                    .isLessThanOrEqualTo(row.get("p90Millis").asDouble());
            assertThat(row.get("bestMillis").asDouble()).isPositive();
        });
        assertThat(json.get("rows")).extracting(row -> row.get("bytes").asInt()).containsExactly(8, 65536);
        // Columns are as wide as the times are long.
        assertThat(ended.out().lines().map(line -> line.replaceAll(" {2,}", "  ")))
                .hasSize(4)
                .startsWith("3 replicas in 1 process", "float32  rounds  median ms  p90 ms  best ms  GB/s");
    }

    @Test
    void metricsStandBesideThePlainLoopsThatComputeTheSame() {
        Path file = directory.resolve("metrics.json");
        TrainingRuns.run(words("bench metrics --rows 100000 --runs 1 --distributed-rows 2000000 --json " + file))
                .done();
        JsonNode rows = TrainingRuns.json(file).get("rows");
        assertThat(rows)
                .extracting(row -> row.get("metric").asText())
                .containsExactly("accuracy", "confusionMatrix", "rocAuc(exactRows=0)", "r2", "rocAuc");
        for (int i = 0; i < 4; i++) {
            assertThat(names(rows.get(i)))
                    .containsExactly("metric", "rows", "rowsPerSecond", "peerRowsPerSecond", "timesPeer");
            assertThat(rows.get(i).get("rows").asLong()).isEqualTo(102400);
        }
        // Of scores that are the probability of their label the area is 5/6; 2 million rows tell it to three digits.
        JsonNode distributed = rows.get(4);
        assertThat(distributed.get("value").asDouble()).isCloseTo(5.0 / 6, within(0.002));
        assertThat(distributed.get("value.errorBound").asDouble()).isPositive().isLessThan(1e-4);
        assertThat(distributed.get("rows").asLong()).isEqualTo(2000000);
    }

    @Test
    void metricsOfRowsInOrderComeToWhatIsKnownOfThem() {
        Path file = directory.resolve("exact.json");
        TrainingRuns.run(words("bench metrics --rows 4096 --runs 1 --exact-rows 300000 --json " + file))
                .done();
        JsonNode rows = TrainingRuns.json(file).get("rows");
        assertThat(rows).hasSize(7);
        for (int i = 4; i < 7; i++) {
            assertThat(rows.get(i).get("rows").asLong()).isEqualTo(300000);
            // Standard errors are 0.001 and less.
            assertThat(rows.get(i).get("value").asDouble())
                    .isCloseTo(rows.get(i).get("expected").asDouble(), within(0.006));
        }
        assertThat(rows.get(6).get("metric").asText()).isEqualTo("kendall");
    }

    @Test
    void compressionWritesARowForEachExchange() {
        Path file = directory.resolve("compression.json");
        TrainingRuns.Ended ended = TrainingRuns.run(
                        words("bench compression --seeds 1 --epochs 1 --examples ../examples --json " + file))
                .done();
        JsonNode rows = TrainingRuns.json(file).get("rows");
        assertThat(rows)
                .hasSize(14)
                .allSatisfy(row -> assertThat(row.get("accuracy").asDouble()).isBetween(0.0, 1.0));
        assertThat(rows.get(1).get("exchange").asText()).isEqualTo("float16");
        assertThat(rows.get(1).get("ofFloat32").asDouble()).isBetween(0.49, 0.52);
        assertThat(ended.out().lines()).hasSize(15);
    }

    @Test
    void sealedSocketsCanBeMeasured() {
        Path file = directory.resolve("sealed.json");
        for (String sealing : List.of("NONE", "CHECKSUM", "ENCRYPTION")) {
            TrainingRuns.Ended ended = TrainingRuns.run(words("bench allreduce --sizes 64KB --rounds 3 --sockets"
                            + " --sealing " + sealing + " --json " + file))
                    .done();
            String links = "sockets, sealing " + sealing.toLowerCase(java.util.Locale.ROOT);
            assertThat(TrainingRuns.json(file).get("rows").get(0).get("links").asText())
                    .isEqualTo(links);
            assertThat(ended.out()).startsWith("2 replicas in 1 process, " + links);
        }
    }

    @Test
    void simulationWritesARowForEachAlgorithm() {
        Path file = directory.resolve("simulate.json");
        TrainingRuns.Ended ended = TrainingRuns.run(
                        words("bench simulate --ranks 2..8 --ranks-per-host 2 --sizes 1KB,8MB --json " + file))
                .done();
        JsonNode rows = TrainingRuns.json(file).get("rows");
        assertThat(rows).hasSize(16);
        assertThat(rows).allSatisfy(row -> {
            assertThat(names(row))
                    .containsExactly(
                            "replicas",
                            "hosts",
                            "bytes",
                            "algorithm",
                            "chosen",
                            "millis",
                            "busiestHostBytes",
                            "messages");
            assertThat(row.get("millis").asDouble()).isPositive();
        });
        assertThat(rows).filteredOn(row -> row.get("chosen").asBoolean()).hasSize(6);
        assertThat(ended.out().lines()).hasSize(17);
    }

    @Test
    void eventsWritesARowForEachNumberOfHandlers() {
        Path file = directory.resolve("events.json");
        TrainingRuns.Ended ended = TrainingRuns.run(
                        words("bench events --handlers 0,1,10 --iterations 10000 --runs 2 --json " + file))
                .done();
        JsonNode rows = TrainingRuns.json(file).get("rows");
        assertThat(rows).hasSize(3).allSatisfy(row -> {
            assertThat(names(row)).containsExactly("handlers", "filtered", "nanosPerIteration", "bytesPerIteration");
            assertThat(row.get("nanosPerIteration").asDouble()).isPositive();
            assertThat(row.get("bytesPerIteration").asDouble()).isLessThan(1);
        });
        assertThat(rows).extracting(row -> row.get("handlers").asInt()).containsExactly(0, 1, 10);
        assertThat(rows).extracting(row -> row.get("filtered").asInt()).containsExactly(0, 0, 5);
        assertThat(ended.out().lines()).hasSize(4);
    }

    @Test
    void simulationIsComparedWithWhatWasMeasured() {
        Path two = directory.resolve("two.json");
        Path three = directory.resolve("three.json");
        TrainingRuns.run(words("bench allreduce --replicas 2 --sizes 1KB,4MB --rounds 3 --json " + two))
                .done();
        TrainingRuns.run(words("bench allreduce --replicas 3 --sizes 1KB,4MB --rounds 3 --json " + three))
                .done();
        Path file = directory.resolve("check.json");
        TrainingRuns.run(words("bench simulate --measured " + two + "," + three + " --json " + file))
                .done();
        JsonNode rows = TrainingRuns.json(file).get("rows");
        assertThat(rows).extracting(row -> row.get("replicas").asInt()).containsExactly(2, 2, 3, 3);
        assertThat(rows)
                .allSatisfy(row -> assertThat(names(row))
                        .containsExactly("replicas", "bytes", "measuredMillis", "simulatedMillis"));
        TrainingRuns.Ended refused = TrainingRuns.run(words("bench simulate --measured " + file));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("Cannot compare with a report of bench simulate (expected one of bench allreduce)"
                        + " (see firesteel bench simulate --help)\n");
    }

    @Test
    void stepOfOneReplicaWritesARowForEachModelAndBatch() {
        Path file = directory.resolve("step.json");
        TrainingRuns.Ended ended = TrainingRuns.run(words("bench step --batch 2,3 --steps 3 --json " + file))
                .done();
        JsonNode rows = TrainingRuns.json(file).get("rows");
        assertThat(rows).extracting(row -> row.get("model").asText()).containsExactly("mlp", "mlp", "lenet", "lenet");
        assertThat(rows).extracting(row -> row.get("batch").asInt()).containsExactly(2, 3, 2, 3);
        assertThat(rows).allSatisfy(row -> {
            assertAddsUp(row);
            assertThat(row.get("replicas").asInt()).isEqualTo(1);
            assertThat(row.get("exchange").asBoolean()).isFalse();
            assertThat(row.get("optimizer").asText()).isEqualTo("adam");
            assertThat(row.get("djlOptimizerMicros").asDouble()).isPositive();
        });
        assertThat(ended.out().lines()).hasSize(5);
        assertThat(ended.err().lines()).hasSize(4).allMatch(line -> line.contains(": a step takes "));
    }

    @Test
    void stepOfTwoReplicasWritesRowsWithAndWithoutTheExchangeAndOfOneAlone() {
        Path file = directory.resolve("step.json");
        TrainingRuns.run(
                        words("bench step --replicas 2 --model mlp --batch 2 --steps 4 --optimizer sgd --json " + file))
                .done();
        JsonNode rows = TrainingRuns.json(file).get("rows");
        assertThat(rows).extracting(row -> row.get("replicas").asInt()).containsExactly(2, 2, 1);
        assertThat(rows).extracting(row -> row.get("exchange").asBoolean()).containsExactly(true, false, false);
        assertThat(rows).allSatisfy(row -> {
            assertAddsUp(row);
            assertThat(row.has("djlOptimizerMicros")).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench | Missing benchmark: expected one of allreduce, step, events, metrics, predict, simulate, compression (see firesteel bench --help)",
                "bench events --handlers 1,-1"
                        + " | Invalid handlers: [1, -1] (must be one or more, each >= 0) (see firesteel bench events --help)",
                "bench events --iterations 999"
                        + " | Invalid iterations: 999 (must be >= 1000) (see firesteel bench events --help)",
                "bench events --runs 0 | Invalid runs: 0 (must be >= 1) (see firesteel bench events --help)",
                "bench allreduce --sealing CHECKSUM"
                        + " | Invalid sealing: CHECKSUM without sockets (must be NONE, as shared memory isn't sealed; or add"
                        + " --sockets) (see firesteel bench allreduce --help)",
                "bench simulate --ranks many"
                        + " | Invalid ranks: many (must be like 2..1024 or 2,4,8) (see firesteel bench simulate --help)",
                "bench simulate --ranks 1,2"
                        + " | Invalid ranks: [1, 2] (must be in [2, 4096]) (see firesteel bench simulate --help)",
                "bench simulate --bandwidth 0"
                        + " | Invalid nicBytesPerSecond: 0.0 (must be finite and > 0) (see firesteel bench simulate --help)",
                "bench allreduce --replicas 1"
                        + " | Invalid replicas: 1 (must be >= 2, as one has nothing to exchange)"
                        + " (see firesteel bench allreduce --help)",
                "bench allreduce --sizes 1KB,3B"
                        + " | Invalid size: 3B (must be a multiple of 4 bytes, from 4 bytes to 1 GB)"
                        + " (see firesteel bench allreduce --help)",
                "bench allreduce --rounds -1"
                        + " | Invalid rounds: -1 (must be >= 1) (see firesteel bench allreduce --help)",
                "bench step --model resnet"
                        + " | Invalid model: resnet (must be one of mlp, lenet) (see firesteel bench step --help)",
                "bench step --batch 64,0"
                        + " | Invalid batch: 0 (must be in [1, 12288]) (see firesteel bench step --help)",
                "bench step --steps 1 | Invalid steps: 1 (must be >= 2) (see firesteel bench step --help)",
                "bench step --replicas 0 | Invalid replicas: 0 (must be >= 1) (see firesteel bench step --help)"
            })
    void wrongArgumentsAreRefused(String command, String message) {
        TrainingRuns.Ended ended = TrainingRuns.run(words(command));
        assertThat(ended.err()).isEqualTo(message + "\n");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void optimizerThatThereIsNotIsRefused() {
        TrainingRuns.Ended ended = TrainingRuns.run(words("bench step --optimizer sdg"));
        assertThat(ended.err())
                .startsWith("--optimizer sdg: optimizer.type: Invalid value: \"sdg\" (must be one of: ")
                .endsWith(" (see firesteel bench step --help)\n");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void moreReplicasThanSlotsAreRefused() {
        TrainingRuns.Ended ended = TrainingRuns.run(words("bench step --replicas 5"));
        assertThat(ended.err())
                .isEqualTo("Cannot measure 5 replicas: local[4] has 4 slots (expected at least 5; lower --replicas, or"
                        + " give Spark more executor cores)\n");
        assertThat(ended.code()).isEqualTo(2);
    }

    private static void assertAddsUp(JsonNode row) {
        assertThat(names(row))
                .contains(
                        "stepMicros",
                        "forwardMicros",
                        "backwardMicros",
                        "reduceMicros",
                        "optimizerMicros",
                        "otherMicros",
                        "bareMicros",
                        "samplesPerSecond");
        double parts = 0;
        for (String part : List.of("forward", "backward", "reduce", "optimizer", "other")) {
            double micros = row.get(part + "Micros").asDouble();
            assertThat(micros).as(part).isPositive();
            parts += micros;
        }
        assertThat(row.get("stepMicros").asDouble()).isCloseTo(parts, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(row.get("bareMicros").asDouble()).isPositive();
        assertThat(row.get("samplesPerSecond").asDouble()).isPositive();
    }

    private static String[] words(String command) {
        return command.split(" ", -1);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
