package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Features and labels that SQL makes of the data's columns. */
@Timeout(120)
class DerivedColumnsTest {
    private static final String DATA =
            "data: {format: csv, path: train.csv, options: {header: \"true\", inferSchema: \"true\"}, derive: %s}";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(150, 1).writeCsv(directory.resolve("train.csv"));
    }

    @Test
    void trainingOnDerivedColumnsIsThatOnTheSameColumnsInTheFile() throws IOException {
        runs.train(TrainingRuns.job()).done();
        String derive =
                "{kind: \"if(label = 1, 'one', 'other')\", f0: \"f0 * 1\", again: \"case kind when 'one' then 1 else label end\"}";
        runs.train(
                        TrainingRuns.job(String.format(DATA, derive), "label: {column: again, type: int64}"),
                        "--run-id",
                        "derived")
                .done();
        String model = Files.readString(runs.runDirectory("derived").resolve("model/model.yaml"));
        assertThat(model).contains("derive:").contains("again: ");
        assertThat(runs.report().get("rows"))
                .isEqualTo(TrainingRuns.json(runs.runDirectory("derived").resolve("report.json"))
                        .get("rows"));
    }

    @Test
    void windowSeesTheRowsThatWhereLeavesOut() {
        String derive = "{n: \"count(1) over ()\"}, where: \"label = 1 and n = 150\"";
        runs.train(TrainingRuns.job(String.format(DATA, derive))).done();
        assertThat(runs.report().get("rows").get("train").asInt()).isBetween(1, 149);
    }

    @Test
    void whatIsNoSqlIsRefused() {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(String.format(DATA, "{a: \"f0 +\"}")));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).startsWith("Invalid data.derive.a: f0 + (must be an SQL expression: ");
    }

    @Test
    void unknownColumnIsNamed() {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(String.format(DATA, "{a: \"nothing + 1\"}")));
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err())
                .startsWith("Cannot derive column a of ")
                .contains("train.csv as nothing + 1: ")
                .contains("`nothing`");
    }
}
