package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.firesteel.spark.SharedSpark;
import io.firesteel.spark.coordinator.WithoutPlugin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs from the job file to the run directory, over the real barrier stage and coordinator. */
@Timeout(300)
class TrainCommandTest {
    private static final int ROWS = 150;
    private static final String VALIDATION = "data: {format: csv, path: train.csv,"
            + " options: {header: \"true\", inferSchema: \"true\"}, validation: {path: validation.csv}}";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(ROWS, 1).writeCsv(directory.resolve("train.csv"));
        Blobs.of(60, 2).writeCsv(directory.resolve("validation.csv"));
    }

    @Test
    void reportHasEveryFieldAndTheDirectoryEveryFile() throws IOException {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(VALIDATION)).done();
        assertThat(TrainingRuns.contents(runs.runDirectory()))
                .containsExactly(
                        "history.jsonl",
                        "job.yaml",
                        "model/metrics.json",
                        "model/model.yaml",
                        "model/weights.safetensors",
                        "report.json");
        JsonNode report = runs.report();
        assertThat(types(report)).containsExactlyEntriesOf(expectedTypes());
        assertThat(report.get("schema").asText()).isEqualTo("firesteel.report/1");
        assertThat(report.get("status").asText()).isEqualTo("completed");
        assertThat(report.get("runId").asText()).isEqualTo("r1");
        assertThat(report.get("name").asText()).isEqualTo("blobs");
        assertThat(report.get("seed").asLong()).isEqualTo(7);
        assertThat(report.get("replicas").asInt()).isEqualTo(2);
        assertThat(report.get("shards").asInt()).isEqualTo(2);
        assertThat(report.get("devices")).hasToString("[\"cpu\",\"cpu\"]");
        assertThat(report.get("restarts").asInt()).isZero();
        assertThat(report.get("rows").get("train").asLong()).isEqualTo(ROWS);
        assertThat(report.get("rows").get("validation").asLong()).isEqualTo(60);
        assertThat(report.get("epochs").asInt()).isEqualTo(2);
        assertThat(report.get("iterations").asInt()).isEqualTo(10);
        assertThat(report.get("steps").asInt()).isEqualTo(10);
        assertThat(report.get("samples").asLong()).isEqualTo(2 * ROWS);
        assertThat(report.get("batchSize").asInt()).isEqualTo(32);
        assertThat(names(report.get("metrics")))
                .containsExactly("train.loss", "train.accuracy", "validation.loss", "validation.accuracy");
        assertThat(names(report.get("phases")))
                .containsExactlyInAnyOrder(
                        "data",
                        "forward",
                        "backward",
                        "reduce",
                        "optimizer",
                        "events",
                        "metrics",
                        "validation",
                        "checkpoint");
        assertThat(report.get("events").get("ITERATION_COMPLETED").asLong()).isEqualTo(10);
        assertThat(report.get("events").get("EPOCH_COMPLETED").asLong()).isEqualTo(2);
        assertThat(report.get("samplesPerSecond").asDouble()).isPositive();
        checkHistory(report);
        checkModel(report);
        assertThat(ended.out())
                .contains("completed: train.loss ")
                .contains("run    file:" + runs.runDirectory())
                .contains("model  sha256 " + report.get("model").get("sha256").asText());
    }

    private void checkHistory(JsonNode report) throws IOException {
        List<String> lines = Files.readAllLines(runs.runDirectory().resolve("history.jsonl"));
        assertThat(lines).hasSize(2);
        for (int i = 0; i < 2; i++) {
            JsonNode epoch = report.get("history").get(i);
            assertThat(TrainingRuns.json(lines.get(i))).isEqualTo(epoch);
            assertThat(names(epoch)).containsExactly("epoch", "iteration", "seconds", "metrics", "ledger");
            assertThat(epoch.get("epoch").asInt()).isEqualTo(i + 1);
            assertThat(epoch.get("iteration").asInt()).isEqualTo(5 * (i + 1));
            assertThat(epoch.get("ledger").get("rows").asLong()).isEqualTo(ROWS);
            assertThat(epoch.get("ledger").get("hash").asText()).matches("[0-9a-f]{16}");
        }
        assertThat(report.get("history").get(0).get("ledger"))
                .isEqualTo(report.get("history").get(1).get("ledger"));
        assertThat(report.get("metrics"))
                .isEqualTo(report.get("history").get(1).get("metrics"))
                .isEqualTo(TrainingRuns.json(runs.runDirectory().resolve("model/metrics.json")));
    }

    private void checkModel(JsonNode report) {
        JsonNode model = report.get("model");
        assertThat(model.get("path").asText()).isEqualTo("file:" + runs.runDirectory() + "/model");
        assertThat(model.get("parameters").asInt()).isEqualTo(Blobs.FEATURES * Blobs.CLASSES + Blobs.CLASSES);
        assertThat(model.get("sha256").asText()).isEqualTo(sha256(weights()));
    }

    @Test
    void metricsAreThoseOfTheExportedWeights() {
        Blobs validation = Blobs.of(60, 2);
        runs.train(TrainingRuns.job(VALIDATION, "weight: {column: w}")).done();
        Weights weights = weights();
        double loss = 0;
        double hits = 0;
        double total = 0;
        for (Blobs.Point point : validation.points()) {
            double[] logits = weights.linear(point.features());
            double sum = IntStream.range(0, logits.length)
                    .mapToDouble(i -> Math.exp(logits[i]))
                    .sum();
            loss += point.weight() * (Math.log(sum) - logits[point.label()]);
            boolean hit = IntStream.range(0, logits.length).allMatch(i -> logits[i] <= logits[point.label()]);
            hits += hit ? point.weight() : 0;
            total += point.weight();
        }
        JsonNode metrics = runs.report().get("metrics");
        assertThat(metrics.get("validation.loss").asDouble()).isCloseTo(loss / total, within(1e-6));
        assertThat(metrics.get("validation.accuracy").asDouble()).isCloseTo(hits / total, within(1e-9));
    }

    @Test
    void resolvedJobReplaysToTheSameBitsForAnyNumberOfReplicas() {
        String job = TrainingRuns.job(
                "train: {epochs: 2, batchSize: 32, shards: 4}", "model: {type: mlp, hidden: [8], outputs: 3}");
        runs.train(job).done();
        String expected = hash(runs.report());
        assertThat(runs.report().get("replicas").asInt()).isEqualTo(4);
        String resolved = runs.runDirectory().resolve("job.yaml").toString();
        TrainingRuns.run("train", resolved, "--run-id", "again").done();
        TrainingRuns.run("train", resolved, "--run-id", "alone", "--set", "train.replicas=1")
                .done();
        for (String runId : List.of("again", "alone")) {
            JsonNode replay = TrainingRuns.json(runs.runDirectory(runId).resolve("report.json"));
            assertThat(hash(replay)).isEqualTo(expected);
            assertThat(replay.get("metrics")).isEqualTo(runs.report().get("metrics"));
            assertThat(replay.get("history").get(1).get("ledger"))
                    .isEqualTo(runs.report().get("history").get(1).get("ledger"));
        }
        assertThat(SharedSpark.session().sparkContext().isStopped()).isFalse();
    }

    @Test
    void withoutThePluginReplicasMeetThroughSparkAndLearnTheSame() {
        runs.train(TrainingRuns.job(VALIDATION)).done();
        WithoutPlugin.run(
                () -> runs.train(TrainingRuns.job(VALIDATION), "--run-id", "r2").done());
        JsonNode report = TrainingRuns.json(runs.runDirectory("r2").resolve("report.json"));
        assertThat(hash(report)).isEqualTo(hash(runs.report()));
        assertThat(report.get("metrics")).isEqualTo(runs.report().get("metrics"));
        assertThat(report.get("history")).hasSize(2);
        assertThat(TrainingRuns.contents(runs.runDirectory("r2")))
                .isEqualTo(TrainingRuns.contents(runs.runDirectory()));
    }

    @Test
    void modelFileIsThePartOfTheJobThatPredictionNeeds() throws IOException {
        runs.train(TrainingRuns.job("features: [{columns: [\"f*\"], scale: 0.5}]"))
                .done();
        assertThat(Files.readString(runs.runDirectory().resolve("model/model.yaml")))
                .contains("features:", "scale: 0.5", "model:", "type: linear", "outputs: 3")
                .doesNotContain("optimizer:", "output: ");
    }

    @Test
    void reportIsCopiedAndOverridesHold() {
        Path copy = directory.resolve("copies/report.json");
        runs.train(
                        TrainingRuns.job(),
                        "--report",
                        copy.toString(),
                        "--set",
                        "train.epochs=1",
                        "--set",
                        "optimizer={type: sgd}")
                .done();
        assertThat(copy).hasSameBinaryContentAs(runs.runDirectory().resolve("report.json"));
        assertThat(TrainingRuns.contents(directory.resolve("copies"))).containsExactly("report.json");
        assertThat(runs.report().get("epochs").asInt()).isEqualTo(1);
        assertThat(runs.runDirectory().resolve("job.yaml")).content().contains("type: sgd", "epochs: 1");
    }

    @Test
    void runsWithoutANameGetOneEach() {
        runs.write("job.yaml", TrainingRuns.job("train: {epochs: 1, replicas: 1}"));
        String job = directory.resolve("job.yaml").toString();
        TrainingRuns.run("train", job).done();
        TrainingRuns.run("train", job).done();
        assertThat(directory.resolve("runs/blobs").toFile().list())
                .hasSize(2)
                .allMatch(name -> name.matches("\\d{8}-\\d{6}-[0-9a-f]{4}"));
    }

    @Test
    void dryRunPrintsThePlanAndWritesNothing() {
        TrainingRuns.Ended ended =
                runs.train(TrainingRuns.job(VALIDATION), "--dry-run").done();
        assertThat(ended.out()).startsWith("""
                        job         blobs
                        rows        150 training, 60 validation
                        shards      2
                        replicas    2
                        inputs      input0 float32[4]
                        parameters  15
                        iterations  5 per epoch, 10 in 2 epochs
                        memory      rows \
                        """);
        assertThat(ended.err()).isEmpty();
        assertThat(TrainingRuns.contents(directory)).containsExactly("job.yaml", "train.csv", "validation.csv");
    }

    @Test
    void progressIsALinePerEpoch() {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job()).done();
        assertThat(ended.err().lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("2 replicas on cpu, 2 shards, 150 training rows, 0 validation rows"),
                        line -> assertThat(line)
                                .startsWith("epoch 1  train.loss ")
                                .endsWith(" s"),
                        line -> assertThat(line)
                                .startsWith("epoch 2  train.loss ")
                                .endsWith(" s"));
    }

    @Test
    void userModelTrains() {
        runs.train(TrainingRuns.job(
                        "model: {class: io.firesteel.spark.cli.UserClasses$TwoLayers, options: {units: 5}}"))
                .done();
        assertThat(runs.report().get("model").get("parameters").asInt()).isEqualTo(4 * 5 + 5 + 5 * 3 + 3);
    }

    @Test
    void metricsHaveNamesAndFormulasAndAreNullWhereRowsHaveNone() {
        runs.train(TrainingRuns.job(VALIDATION, "metrics: [loss, {accuracy: {as: right}}, 'e=1-right', 'x=right/0*0']"))
                .done();
        JsonNode metrics = runs.report().get("metrics");
        assertThat(names(metrics))
                .containsExactly(
                        "train.loss",
                        "train.right",
                        "train.e",
                        "train.x",
                        "validation.loss",
                        "validation.right",
                        "validation.e",
                        "validation.x");
        assertThat(metrics.get("validation.e").asDouble())
                .isEqualTo(1 - metrics.get("validation.right").asDouble());
        assertThat(metrics.get("validation.x").isNull()).isTrue();
        assertThat(runs.report()
                        .get("history")
                        .get(0)
                        .get("metrics")
                        .get("train.x")
                        .isNull())
                .isTrue();
    }

    @Test
    void userHandlersRunOnEveryRankWithTheMergedMetrics() {
        UserClasses.Notes.HEARD.clear();
        runs.train(TrainingRuns.job(VALIDATION, "setup: io.firesteel.spark.cli.UserClasses$Notes"))
                .done();
        JsonNode history = runs.report().get("history");
        String first = history.get(0).get("metrics").get("validation.accuracy").asText();
        String second = history.get(1).get("metrics").get("validation.accuracy").asText();
        for (int rank = 0; rank < 2; rank++) {
            String prefix = "rank " + rank + " of 2 ";
            assertThat(UserClasses.Notes.HEARD.stream().filter(line -> line.startsWith(prefix)))
                    .containsExactly(
                            prefix + "started",
                            prefix + "epoch 1 " + first,
                            prefix + "epoch 2 " + second,
                            prefix + "completed");
        }
    }

    @Test
    void oneRanksStopStopsAllWithItsReason() {
        runs.train(TrainingRuns.job(
                        "train: {epochs: 5, replicas: 2}", "setup: io.firesteel.spark.cli.UserClasses$StopOnRankOne"))
                .done();
        assertThat(runs.report().get("status").asText()).isEqualTo("stopped");
        assertThat(runs.report().get("epochs").asInt()).isEqualTo(1);
        assertThat(runs.report().get("stopReason").asText()).isEqualTo("rank 1: rank 1 has seen enough");
    }

    @Test
    void oneRanksStopInsideAnEpochStopsAllAfterTheSameIteration() {
        UserClasses.StopInAnIteration.HEARD.clear();
        runs.train(TrainingRuns.job(
                        "train: {epochs: 50, replicas: 2}",
                        "setup: io.firesteel.spark.cli.UserClasses$StopInAnIteration"))
                .done();
        JsonNode report = runs.report();
        assertThat(report.get("status").asText()).isEqualTo("stopped");
        assertThat(report.get("stopReason").asText()).isEqualTo("rank 1: rates are through");
        assertThat(report.get("iterations").asInt()).isEqualTo(17);
        assertThat(UserClasses.StopInAnIteration.HEARD)
                .containsExactlyInAnyOrder("rank 0 completed after 17", "rank 1 completed after 17");
    }

    private Weights weights() {
        return Weights.read(runs.runDirectory().resolve("model/weights.safetensors"));
    }

    private static String hash(JsonNode report) {
        return report.get("model").get("sha256").asText();
    }

    /** Over the bytes of the tensors in the file's order. */
    private static String sha256(Weights weights) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            weights.tensors().values().forEach(tensor -> {
                ByteBuffer bytes = ByteBuffer.allocate(tensor.values().size() * Float.BYTES)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN);
                tensor.values().forEach(bytes::putFloat);
                digest.update(bytes.array());
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new java.util.ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, JsonNodeType> types(JsonNode node) {
        Map<String, JsonNodeType> types = new LinkedHashMap<>();
        node.properties()
                .forEach(field -> types.put(field.getKey(), field.getValue().getNodeType()));
        return types;
    }

    /** The contract's fields, in its order but for the place of a few. */
    private static Map<String, JsonNodeType> expectedTypes() {
        Map<String, JsonNodeType> types = new LinkedHashMap<>();
        types.put("schema", JsonNodeType.STRING);
        types.put("status", JsonNodeType.STRING);
        types.put("stopReason", JsonNodeType.NULL);
        types.put("runId", JsonNodeType.STRING);
        types.put("name", JsonNodeType.STRING);
        types.put("seed", JsonNodeType.NUMBER);
        types.put("replicas", JsonNodeType.NUMBER);
        types.put("shards", JsonNodeType.NUMBER);
        types.put("devices", JsonNodeType.ARRAY);
        types.put("restarts", JsonNodeType.NUMBER);
        types.put("rows", JsonNodeType.OBJECT);
        types.put("batchSize", JsonNodeType.NUMBER);
        types.put("epochs", JsonNodeType.NUMBER);
        types.put("iterations", JsonNodeType.NUMBER);
        types.put("steps", JsonNodeType.NUMBER);
        types.put("samples", JsonNodeType.NUMBER);
        types.put("phases", JsonNodeType.OBJECT);
        types.put("samplesPerSecond", JsonNodeType.NUMBER);
        types.put("events", JsonNodeType.OBJECT);
        types.put("metrics", JsonNodeType.OBJECT);
        types.put("history", JsonNodeType.ARRAY);
        types.put("model", JsonNodeType.OBJECT);
        return types;
    }
}
