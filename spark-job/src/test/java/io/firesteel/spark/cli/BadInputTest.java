package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users get wrong: one paragraph, the right exit code, and nothing half-written. */
@Timeout(300)
class BadInputTest {
    private static final String CSV = "options: {header: \"true\", inferSchema: \"true\"}";
    private static final String CLASSES = "io.firesteel.spark.cli.UserClasses$";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() throws IOException {
        runs = new TrainingRuns(directory);
        Blobs.of(40, 1).writeCsv(directory.resolve("train.csv"));
        runs.write("header.csv", "f0,f1,f2,f3,label,w\n");
        runs.write("null.csv", "f0,f1,label\n1,2,0\n3,,1\n");
        runs.write("text.csv", "f0,f1,label\n1,2,0\n3,n/a,1\n");
        runs.write("nan.csv", "f0,f1,label\n1,2,0\n3,NaN,1\n");
        runs.write("fraction.csv", "f0,f1,label\n1,2,0\n3,1,1.5\n");
        runs.write("nolabel.csv", "f0,f1,label\n1,2,0\n3,4,\n");
        runs.write("negative.csv", "f0,f1,label,w\n1,2,0,1\n3,4,1,-1\n");
        runs.write("huge.csv", "f0,f1,label\n1e30,-1e30,0\n2e30,1e30,1\n");
        runs.write("broken.csv.gz", "this is no gzip");
        runs.write("broken.parquet", "this is no parquet file, though long enough to look at");
        runs.write("occupied", "a file");
        Files.createDirectory(directory.resolve("empty"));
    }

    static Stream<Case> wrongCommandsAndJobs() {
        return Stream.of(
                bad("0 epochs", 2, "{dir}/job.yaml:11: train.epochs: Invalid value: 0 (must be a whole number >= 1)")
                        .job("train: {epochs: 0}"),
                bad(
                                "more replicas than slots",
                                2,
                                "Cannot run train.replicas: 9 replicas: local[4] has 4 slots (expected at least 9; lower"
                                        + " train.replicas, or give Spark more executor cores)")
                        .job("train: {epochs: 1, replicas: 9}"),
                bad(
                                "output under a file",
                                2,
                                "Cannot write to file:{dir}/occupied/runs/blobs/r1: file:{dir}/occupied is a file (expected a"
                                        + " directory) (see output in the job file, and --report)")
                        .job("output: occupied/runs"),
                bad(
                                "report under a file",
                                2,
                                "Cannot write to file:{dir}/occupied: file:{dir}/occupied is a file (expected a directory)"
                                        + " (see output in the job file, and --report)")
                        .with("--report", "{dir}/occupied/report.json"),
                bad(
                                "report that is a directory",
                                2,
                                "Cannot write the report to {dir}/empty: it is a directory (expected a file's path)")
                        .with("--report", "{dir}/empty"),
                bad("report without a name", 2, "Invalid --report:  (must be a path or URI)")
                        .with("--report", ""),
                bad(
                                "run id with a slash",
                                2,
                                "Invalid --run-id: ../r1 (must be letters, digits, '.', '_' and '-', and not start with '.')")
                        .with("--run-id", "../r1"),
                bad(
                                "empty run id",
                                2,
                                "Invalid --run-id:  (must be letters, digits, '.', '_' and '-', and not start with '.')")
                        .with("--run-id", ""),
                bad(
                                "unreadable YAML",
                                2,
                                "{dir}/job.yaml:2: Invalid YAML at column 1: expected ',' or ']', but got <stream end> while parsing a flow sequence")
                        .text("name: [unclosed\n"),
                bad("empty job file", 2, "{dir}/job.yaml:1: Invalid job file: it is empty (must be a mapping of keys)")
                        .text(""),
                bad("unknown key", 2, "{dir}/job.yaml:12: optimiser: Unknown key (did you mean 'optimizer'?)")
                        .job("optimiser: {type: adam}"),
                bad("override of an unknown key", 2, "--set train.epoch=3: Unknown key (did you mean 'epochs'?)")
                        .with("--set", "train.epoch=3"),
                bad(
                                "unknown model class",
                                2,
                                "Cannot find model class com.acme.Nothing: it isn't on the class path (give its jar with --jars)")
                        .job("model: {class: com.acme.Nothing}"),
                bad(
                                "unknown setup class",
                                2,
                                "Cannot find setup class com.acme.Nothing: it isn't on the class path (give its jar with --jars)")
                        .job("setup: com.acme.Nothing"),
                bad(
                                "model class that is no model",
                                2,
                                "Cannot use model class java.lang.String: it doesn't implement io.firesteel.engine.model.ModelFactory")
                        .job("model: {class: java.lang.String}"),
                bad(
                                "model class that throws",
                                2,
                                "Cannot build the model: " + CLASSES
                                        + "NoModel failed: java.lang.UnsupportedOperationException: not yet")
                        .job("model: {class: " + CLASSES + "NoModel}"),
                bad(
                                "model that doesn't fit its input",
                                2,
                                "Cannot build lenet: input has shape [4] (expected [channels, height, width] with sides of at least 12)")
                        .job("model: {type: lenet, outputs: 3}"),
                bad(
                                "outputs that don't fit the labels",
                                2,
                                "Cannot compute mse: the model has 3 outputs, the label has 1 columns (expected the same number)")
                        .job("loss: mse", "label: {column: w, type: float32}", "metrics: [loss]"),
                bad(
                                "unknown format",
                                2,
                                "Invalid data.format: csvv (must be a Spark source on the class path, such as csv, json, parquet, orc or libsvm)")
                        .job("data: {format: csvv, path: train.csv}"),
                bad(
                                "filter that isn't SQL",
                                2,
                                "Invalid data.where: label >> > 1 (must be an SQL condition: Syntax error at or near '>')")
                        .job("data: {format: csv, path: train.csv, where: \"label >> > 1\", " + CSV + "}"));
    }

    static Stream<Case> wrongData() {
        return Stream.of(
                bad("missing file", 3, "Cannot read file:{dir}/missing.csv as csv: no such file or directory")
                        .csv("missing.csv"),
                bad(
                                "missing validation file",
                                3,
                                "Cannot read file:{dir}/missing.csv as csv: no such file or directory")
                        .job("data: {format: csv, path: train.csv, validation: {path: missing.csv}, " + CSV + "}"),
                bad(
                                "empty directory",
                                3,
                                "Cannot read file:{dir}/empty as csv: no file with rows is there, so its columns aren't known")
                        .csv("empty"),
                bad("header alone", 3, "Cannot use file:{dir}/header.csv: it has no rows (expected at least 1)")
                        .csv("header.csv"),
                bad(
                                "filter that leaves no rows",
                                3,
                                "Cannot train with file:{dir}/train.csv: it has no training rows (0 validation rows; look at data.path, data.where and data.validation)")
                        .job("data: {format: csv, path: train.csv, where: \"label > 7\", " + CSV + "}"),
                bad(
                                "all rows for validation",
                                3,
                                "Cannot train with file:{dir}/train.csv: it has no training rows (40 validation rows; look at data.path, data.where and data.validation)")
                        .job(
                                "data: {format: csv, path: train.csv, validation: {fraction: 0.999999999}, where: \"f0 = 0.001 or label >= 0\", "
                                        + CSV + "}"),
                bad(
                                "filter by an unknown column",
                                3,
                                "Cannot filter file:{dir}/train.csv by data.where day > 7: A column, variable, or function parameter with name `day` cannot be resolved. Did you mean one of the following? [`w`, `f0`, `f1`, `f2`, `f3`]")
                        .job("data: {format: csv, path: train.csv, where: \"day > 7\", " + CSV + "}"),
                bad(
                                "unknown column",
                                3,
                                "Cannot find column g* for features.0.columns: file:{dir}/train.csv has the columns f0, f1, f2, f3, label, w")
                        .job("features: [{columns: [\"g*\"]}]"),
                bad(
                                "unknown label",
                                3,
                                "Cannot find column y for label.column: file:{dir}/train.csv has the columns f0, f1, f2, f3, label, w")
                        .job("label: {column: y, type: int64}"),
                bad(
                                "shape that doesn't match the columns",
                                3,
                                "Cannot shape features.0: [2, 3] holds 6 values, but [f*] matches 4 columns of file:{dir}/train.csv")
                        .job("features: [{columns: [\"f*\"], shape: [2, 3]}]"),
                bad(
                                "null feature",
                                3,
                                "Cannot use file:{dir}/null.csv: column f1 is null in a row (expected a number; leave such rows out with data.where: \"f1 IS NOT NULL\", or fill them before)")
                        .csv("null.csv"),
                bad(
                                "null label",
                                3,
                                "Cannot use file:{dir}/nolabel.csv: column label is null in a row (expected a number; leave such rows out with data.where: \"label IS NOT NULL\", or fill them before)")
                        .csv("nolabel.csv"),
                bad(
                                "text feature",
                                3,
                                "Cannot use column f1 of file:{dir}/text.csv for features.0.columns: it is string and holds 'n/a' (expected a number)")
                        .csv("text.csv"),
                bad(
                                "NaN feature",
                                3,
                                "Cannot use file:{dir}/nan.csv: column f1 is NaN in a row (expected a finite number)")
                        .csv("nan.csv"),
                bad(
                                "fractional class",
                                3,
                                "Cannot use file:{dir}/fraction.csv: column label is 1.5 in a row (expected a whole number)")
                        .csv("fraction.csv"),
                bad(
                                "negative weight",
                                3,
                                "Cannot use file:{dir}/negative.csv: column w is -1.0 in a row (expected a finite number >= 0)")
                        .csv("negative.csv")
                        .job("weight: {column: w}"),
                bad(
                                "too few outputs",
                                3,
                                "Cannot use file:{dir}/train.csv: column label is 2 in a row (expected a class from 0 to 1: the model has 2 outputs)")
                        .job("model: {type: linear, outputs: 2}"),
                bad(
                                "probability of 2",
                                3,
                                "Cannot use file:{dir}/train.csv: column label is 2 in a row (expected from 0 to 1 for binaryCrossEntropy)")
                        .job(
                                "model: {type: linear, outputs: 1}",
                                "loss: binaryCrossEntropy",
                                "label: {column: label, type: float32}"),
                bad(
                                "options without a schema",
                                3,
                                "Cannot use column f0 of file:{dir}/train.csv for features.0.columns: it is string (expected a number; set data.options.inferSchema: \"true\")")
                        .job("data: {format: csv, path: train.csv, options: {header: \"true\"}}"),
                bad("broken archive", 3, "Cannot read file:{dir}/broken.csv.gz as csv: not a gzip file")
                        .csv("broken.csv.gz"),
                bad(
                                "broken Parquet",
                                3,
                                "Cannot read file:{dir}/broken.parquet as parquet: file:{dir}/broken.parquet is not a Parquet file. Expected magic number at tail, but found [107, 32, 97, 116]")
                        .job("data: {format: parquet, path: broken.parquet}"));
    }

    static Stream<Case> failedTraining() {
        return Stream.of(
                bad(
                                "divergence",
                                4,
                                "Cannot go on training: the loss of iteration 1 is Infinity (expected a finite number; lower optimizer.learningRate, or look for extreme values in the features)")
                        .csv("huge.csv")
                        .job(
                                "features: [{columns: [f0, f1]}]",
                                "loss: mse",
                                "model: {type: linear, outputs: 1}",
                                "label: {column: label, type: float32}",
                                "metrics: [loss]",
                                "optimizer: {type: sgd, learningRate: 1e6}",
                                "train: {epochs: 50, replicas: 2}"),
                bad(
                                "setup that throws",
                                4,
                                "Cannot train: rank 0 on localhost failed: java.lang.IllegalArgumentException: no such bucket")
                        .job("setup: " + CLASSES + "ThrowAtOnce", "train: {epochs: 2, replicas: 1}"),
                bad(
                                "handler that throws on one rank",
                                4,
                                "Cannot train: rank 1 on localhost failed: java.lang.IllegalStateException: the handler's own words")
                        .job("setup: " + CLASSES + "ThrowOnRankOne"),
                bad(
                                "forward pass that throws",
                                4,
                                "Cannot train: rank 0 on localhost failed: ai.djl.engine.EngineException: shape '[7, 7, 7]' is invalid for input of size 96")
                        .job("model: {class: " + CLASSES + "BrokenForward}", "train: {epochs: 2, replicas: 1}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"wrongCommandsAndJobs", "wrongData"})
    void isToldInOneParagraphAndLeavesNothing(Case bad) {
        runs.write("job.yaml", bad.text);
        List<String> before = TrainingRuns.contents(directory);
        TrainingRuns.Ended ended = runs.train(bad.text, bad.options(directory));
        assertThat(ended.err()).isEqualTo(bad.message(directory) + System.lineSeparator());
        assertThat(ended.code()).isEqualTo(bad.code);
        assertThat(ended.out()).isEmpty();
        assertThat(TrainingRuns.contents(directory)).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failedTraining")
    void isToldAfterTheProgressAndReported(Case bad) {
        TrainingRuns.Ended ended = runs.train(bad.text, bad.options(directory));
        List<String> lines = ended.err().lines().toList();
        String error = lines.get(lines.size() - 1);
        assertThat(error).isEqualTo(bad.message(directory));
        // Another replica may notice that one is gone before the driver hears why.
        assertThat(lines.subList(0, lines.size() - 1))
                .allMatch(line ->
                        line.matches("([12] replicas? on cpu|epoch \\d+ |rank \\d on localhost has lost another: ).*"));
        assertThat(ended.code()).isEqualTo(4);
        JsonNode report = runs.report();
        assertThat(report.get("status").asText()).isEqualTo("failed");
        assertThat(report.get("stopReason").asText()).isEqualTo(error);
        assertThat(report.has("model")).isFalse();
        assertThat(TrainingRuns.contents(runs.runDirectory()))
                .contains("job.yaml", "report.json")
                .isSubsetOf("job.yaml", "report.json", "history.jsonl");
    }

    @Test
    void learningRateThatIsTooHighEndsInOneParagraph() {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(
                "optimizer: {type: sgd, learningRate: 1e30}", "model: {type: mlp, hidden: [8], outputs: 3}"));
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err().lines().toList())
                .last()
                .asString()
                .matches("Cannot go on training: the loss of iteration \\d+ is (NaN|Infinity) .*");
        assertThat(runs.report().get("status").asText()).isEqualTo("failed");
    }

    @Test
    void outputThatGetsLostDuringTheRunIsNamed() {
        UserClasses.OccupyOutput.place = runs.runDirectory();
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job("setup: " + CLASSES + "OccupyOutput"));
        assertThat(ended.err().lines().toList())
                .last()
                .asString()
                .startsWith("Cannot write file:" + runs.runDirectory() + "/")
                .endsWith(": file:" + runs.runDirectory() + " is a file (expected a directory)");
        assertThat(ended.code()).isEqualTo(4);
        assertThat(runs.runDirectory()).isRegularFile();
    }

    @Test
    void sameRunIdTwiceIsRefusedAndTheFirstRunKept() {
        runs.train(TrainingRuns.job()).done();
        JsonNode first = runs.report();
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualTo("Cannot write run file:" + runs.runDirectory()
                        + ": it exists already (give another --run-id, or leave it out for a new one)"
                        + System.lineSeparator());
        assertThat(runs.report()).isEqualTo(first);
    }

    @Test
    void jobFileThatIsNotThereOrADirectoryIsNamed() {
        String missing = directory.resolve("missing.yaml").toString();
        assertThat(TrainingRuns.run("train", missing))
                .isEqualTo(failed(2, "Cannot read job file " + missing + ": no such file"));
        assertThat(TrainingRuns.run("train", directory.toString()))
                .isEqualTo(failed(2, "Cannot read job file " + directory + ": it is a directory"));
        assertThat(TrainingRuns.run("train", ""))
                .isEqualTo(failed(2, "Cannot read job file : Can not create a Path from an empty string"));
        assertThat(TrainingRuns.run("train", "nowhere://host/job.yaml"))
                .isEqualTo(failed(
                        2, "Cannot read job file nowhere://host/job.yaml: No FileSystem for scheme \"nowhere\""));
    }

    @Test
    void wrongCommandLineIsTheUsersMistake() {
        assertThat(TrainingRuns.run("train"))
                .isEqualTo(failed(2, "Missing required parameter: 'JOB.yaml' (see firesteel train --help)"));
        assertThat(TrainingRuns.run("train", "job.yaml", "--epochs=3"))
                .isEqualTo(failed(2, "Unknown option: '--epochs=3' (see firesteel train --help)"));
        assertThat(TrainingRuns.run("trian", "job.yaml").code()).isEqualTo(2);
        assertThat(TrainingRuns.run().code()).isEqualTo(2);
    }

    private static TrainingRuns.Ended failed(int code, String message) {
        return new TrainingRuns.Ended(code, "", message + System.lineSeparator());
    }

    private static Case bad(String name, int code, String message) {
        return new Case(name, code, message, TrainingRuns.job(), List.of());
    }

    /** A job or command, and what comes of it; {@code {dir}} stands for the directory of the test. */
    private record Case(String name, int code, String message, String text, List<String> arguments) {
        /** With other lines in the job. */
        Case job(String... lines) {
            List<String> all = new ArrayList<>(text.lines().toList());
            all.addAll(List.of(lines));
            return text(TrainingRuns.job(all.toArray(String[]::new)));
        }

        Case csv(String file) {
            return job("data: {format: csv, path: " + file + ", " + CSV + "}");
        }

        Case text(String other) {
            return new Case(name, code, message, other, arguments);
        }

        Case with(String... options) {
            return new Case(name, code, message, text, List.of(options));
        }

        String message(Path directory) {
            return message.replace("{dir}", directory.toString());
        }

        String[] options(Path directory) {
            return arguments.stream()
                    .map(argument -> argument.replace("{dir}", directory.toString()))
                    .toArray(String[]::new);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
