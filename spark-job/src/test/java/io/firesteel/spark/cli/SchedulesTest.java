package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schedule in a job file decides what the steps use. */
class SchedulesTest {
    private static final String COSINE =
            "schedule: {type: cosine, per: fractionalEpoch, steps: 2, warmup: {steps: 0.5}}";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(150, 1).writeCsv(directory.resolve("train.csv"));
    }

    @Test
    void constantScheduleIsTheRateItself() {
        String plain = sha256("plain", "optimizer: {type: adamw, learningRate: 0.05, beta1: 0.8}");
        assertThat(sha256(
                        "scheduled",
                        "optimizer: {type: adamw, learningRate: 1, schedule: [{type: constant, value: 0.05},"
                                + " {parameter: beta1, type: constant, value: 0.8}]}"))
                .isEqualTo(plain);
    }

    @Test
    void scheduleChangesWhatIsLearnt() {
        String plain = sha256("plain", "optimizer: {type: adam, learningRate: 0.05}");
        String cosine = sha256("cosine", "optimizer: {type: adam, learningRate: 0.05, " + COSINE + "}");
        String sharded =
                sha256("sharded", "optimizer: {type: adam, learningRate: 0.05, sharded: true, " + COSINE + "}");
        assertThat(cosine).isNotEqualTo(plain);
        assertThat(sharded).isEqualTo(cosine);
    }

    @Test
    void resolvedJobHasTheSameScheduleAndGivesTheSameBits() throws IOException {
        String cosine = sha256("first", "optimizer: {type: adam, learningRate: 0.05, " + COSINE + "}");
        String resolved = Files.readString(runs.runDirectory("first").resolve("job.yaml"));
        assertThat(resolved).contains("start: 0.05").contains("per: fractionalEpoch");
        runs.train(resolved, "--run-id", "again").done();
        assertThat(sha256(runs.runDirectory("again"))).isEqualTo(cosine);
    }

    @Test
    void scheduleThatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        TrainingRuns.Ended ended = runs.train(
                TrainingRuns.job("optimizer: {type: adam, schedule: {parameter: momentum, type: linear, steps: 9}}"));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("optimizer.schedule: Cannot schedule momentum")
                .contains("learningRate, weightDecay, beta1, beta2, epsilon");
        assertThat(runs.runDirectory()).doesNotExist();
    }

    private String sha256(String name, String optimizer) {
        runs.train(TrainingRuns.job(optimizer), "--run-id", name).done();
        return sha256(runs.runDirectory(name));
    }

    private static String sha256(Path run) {
        return TrainingRuns.json(run.resolve("report.json"))
                .get("model")
                .get("sha256")
                .asText();
    }
}
