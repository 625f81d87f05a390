package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers that a job file names, over real barrier tasks. */
class WatchedTrainingTest {
    private static final String DATA = "data: {format: csv, path: train.csv, validation: {fraction: 0.3},"
            + " options: {header: \"true\", inferSchema: \"true\"}}";
    private static final String TRAIN = "train: {epochs: 40, batchSize: 32, shards: 2, replicas: 2}";
    private static final String OPTIMIZER = "optimizer: {type: adam, learningRate: 0.05, schedule:"
            + " {type: reduceOnPlateau, metric: validation.loss, factor: 0.5, patience: 0, threshold: 0.05}}";
    private static final String CHECKPOINT =
            "checkpoint: {everyIterations: 2, keep: 1," + " best: {metric: validation.loss, keep: 2}}";
    private static final String STOPPING = "earlyStopping: {metric: validation.loss, patience: 2, minDelta: 0.02}";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(150, 1).writeCsv(directory.resolve("train.csv"));
    }

    @Test
    void earlyStopTellsWhyAndTheBestCheckpointsStay() throws IOException {
        runs.train(TrainingRuns.job(
                        DATA, TRAIN, OPTIMIZER, CHECKPOINT, "handlers: {" + STOPPING + ", ema: {momentum: 0.3}}"))
                .done();
        JsonNode report = runs.report();
        assertThat(report.get("status").asText()).isEqualTo("stopped");
        assertThat(report.get("stopReason").asText()).startsWith("early stopping: validation.loss is ");
        assertThat(report.get("epochs").asInt()).isLessThan(40);
        assertBestAreThoseOfTheHistory(report);
    }

    private void assertBestAreThoseOfTheHistory(JsonNode report) throws IOException {
        Map<Integer, Double> losses = new TreeMap<>();
        report.get("history")
                .forEach(epoch -> losses.put(
                        epoch.get("iteration").asInt(),
                        epoch.get("metrics").get("validation.loss").asDouble()));
        List<Integer> expected = losses.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .limit(2)
                .map(Map.Entry::getKey)
                .toList();
        List<Integer> best = new ArrayList<>();
        for (JsonNode checkpoint : report.get("bestCheckpoints")) {
            int iteration = checkpoint.get("iteration").asInt();
            best.add(iteration);
            assertThat(checkpoint.get("score").asDouble()).isEqualTo(losses.get(iteration));
            assertThat(checkpoint.get("path").asText()).endsWith(name(iteration));
        }
        assertThat(best).isEqualTo(expected);
        assertThat(TrainingRuns.contents(runs.runDirectory().resolve("checkpoints")))
                .filteredOn(name -> name.startsWith("best"))
                .containsExactlyInAnyOrder(name(best.get(0)), name(best.get(1)));
    }

    private static String name(int iteration) {
        return String.format("best-%010d.safetensors", iteration);
    }

    @Test
    void sameJobGivesTheSameBitsWithOneReplica() throws IOException {
        String job = TrainingRuns.job(DATA, TRAIN, OPTIMIZER, "handlers: {" + STOPPING + ", ema: {momentum: 0.3}}");
        runs.train(job, "--run-id", "two").done();
        runs.train(job, "--run-id", "one", "--set", "train.replicas=1").done();
        assertThat(report("one").get("model").get("sha256"))
                .isEqualTo(report("two").get("model").get("sha256"));
        assertThat(report("one").get("stopReason")).isEqualTo(report("two").get("stopReason"));
        assertThat(Files.readString(runs.runDirectory("two").resolve("job.yaml")))
                .contains("earlyStopping: {metric: validation.loss")
                .contains("type: reduceOnPlateau");
    }

    @Test
    void timeLimitStopsAllReplicas() {
        runs.train(TrainingRuns.job(DATA, "train: {epochs: 100000, replicas: 2}", "handlers: {timeLimit: 0.5}"))
                .done();
        assertThat(runs.report().get("status").asText()).isEqualTo("stopped");
        assertThat(runs.report().get("stopReason").asText())
                .matches("rank 0: time limit: \\d+\\.\\d s spent \\(limit 0\\.5 s\\)");
    }

    @Test
    void lossThatIsNoNumberStopsTheRunAndLeavesTheWeightsBefore() {
        String diverging = "optimizer: {type: sgd, learningRate: 1e30}";
        String deep = "model: {type: mlp, hidden: [8], outputs: 3}";
        assertThat(runs.train(TrainingRuns.job(DATA, TRAIN, diverging, deep), "--run-id", "failing")
                        .code())
                .isEqualTo(4);
        runs.train(TrainingRuns.job(DATA, TRAIN, diverging, deep, "handlers: {terminateOnNan: true}"))
                .done();
        assertThat(runs.report().get("status").asText()).isEqualTo("stopped");
        assertThat(runs.report().get("stopReason").asText()).matches("the output of iteration \\d+ has .*");
    }

    private JsonNode report(String runId) {
        return TrainingRuns.json(runs.runDirectory(runId).resolve("report.json"));
    }
}
