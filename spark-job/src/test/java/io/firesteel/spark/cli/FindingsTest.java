package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What handlers find out, and how rows become steps, over real barrier tasks. */
class FindingsTest {
    private static final int ROWS = 150;

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(ROWS, 1).writeCsv(directory.resolve("train.csv"));
    }

    @Test
    void learningRatesAndProfileLandInTheRunDirectory() throws IOException {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(
                        "handlers: {learningRateFinder: {iterations: 30, smoothing: 0.3}, profiler: true,"
                                + " logging: {everySteps: 2}}"))
                .done();
        Path run = runs.runDirectory();
        assertThat(TrainingRuns.contents(run)).contains("learning-rate-finder.svg", "time-profile.csv");
        assertThat(Files.readString(run.resolve("learning-rate-finder.svg")))
                .startsWith("<?xml")
                .contains("learning rate");
        List<String> profile = Files.readAllLines(run.resolve("time-profile.csv"));
        assertThat(profile.get(0)).startsWith("part,event,handler,count,");
        assertThat(profile).anyMatch(line -> line.startsWith("handler,STEP_COMPLETED,metric logging,5,"));
        JsonNode found = runs.report().get("learningRateFinder");
        assertThat(found.get("suggestion").asDouble()).isBetween(1e-7, 10.0);
        assertThat(found.get("plot").asText()).isEqualTo("learning-rate-finder.svg");
        assertThat(found.get("iterations").asInt()).isBetween(3, 30);
        assertThat(found.get("diverged").isBoolean()).isTrue();
        assertThat(ended.err()).contains("Suggested learning rate: ").contains("Time profile: data ");
        runs.train(TrainingRuns.job(), "--run-id", "plain").done();
        JsonNode plain = TrainingRuns.json(runs.runDirectory("plain").resolve("report.json"));
        assertThat(plain.has("learningRateFinder")).isFalse();
        assertThat(plain.get("model").get("sha256"))
                .isEqualTo(runs.report().get("model").get("sha256"));
    }

    @Test
    void planTellsOfGrowingBatchesAndAccumulatedSteps() {
        String job = TrainingRuns.job("train: {epochs: 3, batchSize: 40, accumulate: 3, shards: 2, replicas: 2,"
                + " batchRamp: {start: 8, epochs: 2}}");
        assertThat(runs.train(job, "--dry-run").done().out())
                .contains("iterations  19 to 4 per epoch, 30 in 3 epochs, a step every 3\n");
    }

    /** 150 rows: epochs of 19, 7 (batches of 24) and 4 (40) iterations, in steps of 3. */
    @Test
    void accumulatedStepsAndGrowingBatchesUseEveryRowOnce() {
        runs.train(TrainingRuns.job("train: {epochs: 3, batchSize: 40, accumulate: 3, shards: 2, replicas: 2,"
                        + " batchRamp: {start: 8, epochs: 2}}"))
                .done();
        JsonNode report = runs.report();
        assertThat(report.get("iterations").asInt()).isEqualTo(19 + 7 + 4);
        assertThat(report.get("steps").asInt()).isEqualTo(7 + 3 + 2);
        assertThat(report.get("events").get("STEP_COMPLETED").asInt()).isEqualTo(12);
        assertThat(report.get("samples").asInt()).isEqualTo(3 * ROWS);
        JsonNode ledger = report.get("history").get(0).get("ledger");
        assertThat(report.get("history"))
                .hasSize(3)
                .allSatisfy(epoch -> assertThat(epoch.get("ledger")).isEqualTo(ledger));
        String expected = report.get("model").get("sha256").asText();
        runs.train(
                        TrainingRuns.job("train: {epochs: 3, batchSize: 40, accumulate: 3, shards: 2, replicas: 1,"
                                + " batchRamp: {start: 8, epochs: 2}}"),
                        "--run-id",
                        "one")
                .done();
        JsonNode one = TrainingRuns.json(runs.runDirectory("one").resolve("report.json"));
        assertThat(one.get("model").get("sha256").asText()).isEqualTo(expected);
    }
}
