package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.connectors.lease.JobLease;
import io.firesteel.connectors.lease.LeaseAnswer;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RetrainCommandTest {
    private static final String VALIDATION =
            "data: {format: csv, path: train.csv, options: {header: \"true\", inferSchema: \"true\"}, validation: {fraction: 0.3}}";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(150, 1).writeCsv(directory.resolve("train.csv"));
        runs.write("job.yaml", TrainingRuns.job(VALIDATION));
    }

    @Test
    void oneDateTellsItsOutcomeAndWhereToReadOn() {
        TrainingRuns.Ended ended = retrain("--date", "2016-03-01").done();
        assertThat(ended.out())
                .startsWith("2016-03-01: promoted, version 1" + System.lineSeparator())
                .contains("runs/blobs/2016-03-01/verdict.html");
        assertThat(ended.err()).contains("epoch 2");
        assertThat(retrain("--date", "2016-03-01").done().out()).startsWith("2016-03-01: already done, version 1");
    }

    @Test
    void reportIsThatOfTheTrainingAndSaysWhatWasDecided() {
        Path report = directory.resolve("report.json");
        retrain("--date", "2016-03-01", "--report", report.toString()).done();
        JsonNode first = TrainingRuns.json(report);
        assertThat(first.get("schema").asText()).isEqualTo("firesteel.report/1");
        assertThat(first.get("runId").asText()).isEqualTo("2016-03-01");
        assertThat(first.get("retraining").get("outcome").asText()).isEqualTo("promoted");
        assertThat(first.get("retraining").get("version").asInt()).isEqualTo(1);
        retrain("--date", "2016-03-01", "--report", report.toString()).done();
        JsonNode second = TrainingRuns.json(report);
        assertThat(second.get("model")).isEqualTo(first.get("model"));
        assertThat(second.get("retraining").get("outcome").asText()).isEqualTo("alreadyDone");
        assertThat(second.get("retraining").get("decided").asText()).isEqualTo("promoted");
    }

    @Test
    void severalDatesTellALineEach() {
        TrainingRuns.Ended ended =
                retrain("--date", "2016-03-01..2016-05-01", "--every", "month").done();
        assertThat(ended.out().lines()).hasSize(3);
        assertThat(ended.out()).contains("2016-04-01  refused");
        assertThat(ended.err()).doesNotContain("epoch");
    }

    @Test
    void refusedCandidateExitsWithFiveWhereAPromotionIsRequired() {
        retrain("--date", "2016-03-01").done();
        assertThat(retrain("--date", "2016-03-02", "--require-promotion").code())
                .isEqualTo(5);
        assertThat(retrain("--date", "2016-03-02", "--require-promotion").code())
                .isEqualTo(5);
        assertThat(retrain("--date", "2016-03-02").code()).isZero();
    }

    @Test
    void dataThatAreStoppedExitWithThree() {
        TrainingRuns.Ended ended = retrain("--date", "2016-03-01", "--set", "checks.rows.minimum=1000");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void heldLeaseExitsWithSix() {
        String place = directory.toUri() + "runs/blobs/retraining/lease";
        LeaseAnswer answer = JobLease.acquire(place, Duration.ofSeconds(60), new Configuration());
        try (JobLease lease = ((LeaseAnswer.Acquired) answer).lease()) {
            TrainingRuns.Ended ended = retrain("--date", "2016-03-01");
            assertThat(ended.code()).isEqualTo(6);
            assertThat(ended.err())
                    .startsWith("Cannot retrain blobs: another run is at work (" + lease.owner())
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void dryRunTrainsNothing() {
        assertThat(retrain("--dry-run", "--date", "2016-03-01").done().out()).contains("rows");
        assertThat(directory.resolve("runs")).doesNotExist();
    }

    @Test
    void wrongDateExitsWithTwo() {
        TrainingRuns.Ended ended = retrain("--date", "2016-02-30");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).startsWith("Invalid --date: 2016-02-30 (must be YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD)");
    }

    private TrainingRuns.Ended retrain(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "retrain";
        arguments[1] = directory.resolve("job.yaml").toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return TrainingRuns.run(arguments);
    }
}
