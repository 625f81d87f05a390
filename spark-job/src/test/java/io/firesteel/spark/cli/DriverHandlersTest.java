package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spark.SharedSpark;
import io.firesteel.spark.coordinator.WithoutPlugin;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers on the driver, over real barrier tasks. */
@Timeout(120)
class DriverHandlersTest {
    private static final String CLASSES = "io.firesteel.spark.cli.UserClasses$";
    private static final String ENDLESS = "train: {epochs: 1000000, batchSize: 32, shards: 2, replicas: 2}";
    private static final String PLUGIN = "io.firesteel.spark.coordinator.CoordinatorPlugin";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(150, 1).writeCsv(directory.resolve("train.csv"));
        UserClasses.NotesOnDriver.HEARD.clear();
        UserClasses.StopOnDriver.HEARD.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void oneSetupRunsOnceOnTheDriverAndOnEachReplica(int replicas) {
        String name = replicas == 2 ? "NotesOnDriver" : "StopInAnIterationAndNote";
        runs.train(TrainingRuns.job(
                        setup(name), "train: {epochs: 2, batchSize: 32, shards: 2, replicas: " + replicas + "}"))
                .done();
        JsonNode history = runs.report().get("history");
        String of = "driver of " + replicas + " ";
        assertThat(UserClasses.NotesOnDriver.HEARD.stream().filter(line -> line.startsWith("driver")))
                .containsExactly(
                        of + "started r1",
                        of + "epoch 1 5 " + loss(history, 0),
                        of + "epoch 2 10 " + loss(history, 1),
                        of + "COMPLETED ");
        assertThat(UserClasses.NotesOnDriver.HEARD.contains("rank 1 started")).isEqualTo(replicas == 2);
    }

    private static double loss(JsonNode history, int epoch) {
        return history.get(epoch).get("metrics").get("train.loss").asDouble();
    }

    @Test
    void whatTheDriversHandlersRecordIsInTheHistoryAndTheReport() {
        TrainingRuns.Ended ended =
                runs.train(TrainingRuns.job(setup("NotesOnDriver"))).done();
        JsonNode report = runs.report();
        assertThat(report.get("history"))
                .hasSize(2)
                .allSatisfy(epoch -> assertThat(
                                epoch.get("metrics").get("twice").asDouble())
                        .isEqualTo(2 * epoch.get("metrics").get("train.loss").asDouble()));
        assertThat(report.get("metrics").get("twice").asDouble())
                .isEqualTo(2 * report.get("metrics").get("train.loss").asDouble());
        assertThat(ended.err().lines().filter(line -> line.startsWith("epoch ")))
                .hasSize(2)
                .allMatch(line -> line.contains("twice "));
    }

    @Test
    void weightsAreThoseOfARunWithoutThem() {
        runs.train(TrainingRuns.job(), "--run-id", "without").done();
        runs.train(TrainingRuns.job(setup("NotesOnDriver"))).done();
        JsonNode without = TrainingRuns.json(runs.runDirectory("without").resolve("report.json"));
        assertThat(runs.report().get("model").get("sha256"))
                .isEqualTo(without.get("model").get("sha256"));
    }

    @Test
    void stopOnTheDriverStopsAllReplicasAtTheEndOfThatEpoch() {
        runs.train(TrainingRuns.job(setup("StopOnDriver"), ENDLESS)).done();
        JsonNode report = runs.report();
        assertThat(report.get("status").asText()).isEqualTo("stopped");
        assertThat(report.get("stopReason").asText()).isEqualTo("coordinator: three are enough");
        assertThat(report.get("epochs").asInt()).isEqualTo(3);
        assertThat(report.get("history")).hasSize(3);
        assertThat(UserClasses.StopOnDriver.HEARD)
                .containsExactlyInAnyOrder("rank 0 completed after 3", "rank 1 completed after 3");
    }

    @Test
    void stopOfAReplicaIsHeardOnTheDriverWithItsReason() {
        runs.train(TrainingRuns.job(setup("StopInAnIterationAndNote"), ENDLESS)).done();
        assertThat(UserClasses.NotesOnDriver.HEARD)
                .hasSize(6)
                .contains("driver of 2 TERMINATE rank 1: rates are through")
                .contains("driver of 2 COMPLETED rank 1: rates are through");
    }

    @Test
    void handlerThatThrowsEndsTheRunAtOnceAndIsNamed() {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(setup("ThrowOnDriver"), ENDLESS));
        assertThat(ended.code()).isEqualTo(4);
        String message = "Cannot train: the driver failed in handler audit at EPOCH_COMPLETED of engine coordinator"
                + " (epoch 2, iteration 10): java.io.IOException: the ledger is closed";
        assertThat(ended.err().lines().reduce((first, second) -> second)).contains(message);
        assertThat(runs.report().get("status").asText()).isEqualTo("failed");
        assertThat(runs.report().get("stopReason").asText()).isEqualTo(message);
        assertThat(runs.report().get("history")).hasSize(1);
    }

    @Test
    void failureOfAReplicaIsHeardOnTheDriver() {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(setup("ThrowOnRankOneAndNote"), ENDLESS));
        assertThat(ended.code()).isEqualTo(4);
        String message =
                "Cannot train: rank 1 on localhost failed: java.lang.IllegalStateException: the handler's own words";
        assertThat(ended.err().lines().reduce((first, second) -> second)).contains(message);
        assertThat(UserClasses.NotesOnDriver.HEARD)
                .startsWith("driver of 2 started r1")
                .endsWith("driver of 2 " + message)
                .hasSize(3);
    }

    @Test
    void handlerThatHangsEndsTheRunAfterTheDeadline() {
        TrainingRuns.Ended ended = runs.train(
                TrainingRuns.job(setup("HangOnDriver"), "train: {epochs: 5, replicas: 2, communicationTimeout: 2}"));
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err().lines().reduce((first, second) -> second).orElseThrow())
                .matches("Cannot end epoch 1: rank [01] still waits for handlers on the driver \\(deadline 2 s\\)");
    }

    @Test
    void setupThatThrowsOnTheDriverLeavesNothing() {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(setup("ThrowAtOnceOnDriver")));
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err())
                .isEqualTo("Cannot train: setup " + CLASSES + "ThrowAtOnceOnDriver failed on the driver:"
                        + " java.lang.IllegalArgumentException: no such channel" + System.lineSeparator());
        assertThat(runs.runDirectory()).doesNotExist();
    }

    @Test
    void sessionWhoseDriverWouldNotHearOfEpochsIsRefused() {
        SparkConf conf = SharedSpark.session().sparkContext().conf();
        String plugins = conf.get("spark.plugins");
        conf.set("spark.plugins", "");
        try {
            TrainingRuns.Ended ended = runs.train(TrainingRuns.job(setup("NotesOnDriver")));
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err())
                    .isEqualTo(
                            "Cannot run the handlers of " + CLASSES + "NotesOnDriver on the driver: this Spark session"
                                    + " runs without the plugin " + PLUGIN + " (name it in spark.plugins)"
                                    + System.lineSeparator());
        } finally {
            conf.set("spark.plugins", plugins);
        }
    }

    @Test
    void replicasWhoseDriverDoesNotHearOfEpochsFail() {
        WithoutPlugin.run(() -> {
            TrainingRuns.Ended ended = runs.train(TrainingRuns.job(setup("NotesOnDriver")));
            assertThat(ended.code()).isEqualTo(4);
            assertThat(ended.err())
                    .contains("failed: Cannot ask handlers on the driver: this Spark session runs without the plugin "
                            + PLUGIN + " (name it in spark.plugins)");
        });
    }

    private static String setup(String name) {
        return "setup: " + CLASSES + name;
    }
}
