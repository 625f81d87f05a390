package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Predictions and evaluations with a model that a run has trained, from the command line to the files. */
@Timeout(300)
class PredictCommandTest {
    private static final int ROWS = 60;
    private static final double ROUNDING = 1e-6;

    @TempDir
    private static Path directory;

    private static TrainingRuns runs;

    @TempDir
    private Path out;

    @BeforeAll
    static void train() {
        runs = new TrainingRuns(directory);
        Blobs.of(150, 1).writeCsv(directory.resolve("train.csv"));
        Blobs.of(ROWS, 2).writeCsv(directory.resolve("validation.csv"));
        runs.train(TrainingRuns.job(
                        "data: {format: csv, path: train.csv, options: {header: \"true\", inferSchema: \"true\"}, validation:"
                                + " {path: validation.csv}}",
                        "weight: {column: w}"))
                .done();
    }

    @Test
    void modelFileNamesTheColumnsOneByOne() throws IOException {
        assertThat(Files.readString(runs.runDirectory().resolve("model/model.yaml")))
                .contains("columns: [f0, f1, f2, f3]", "shape: [4]")
                .doesNotContain("f*");
    }

    @Test
    void csvBecomesCsvWithAColumnForEachProbability() {
        TrainingRuns.Ended ended =
                predict("--report", out.resolve("report.json").toString()).done();

        Dataset<Row> predicted = read("csv");
        assertThat(predicted.columns())
                .containsExactly(
                        "f0",
                        "f1",
                        "f2",
                        "f3",
                        "label",
                        "w",
                        "prediction",
                        "probability_0",
                        "probability_1",
                        "probability_2");
        assertThat(predicted.count()).isEqualTo(ROWS);
        assertThat(ended.out()).startsWith("60 rows in ").endsWith(" to " + out.resolve("out") + " (csv)\n");
        JsonNode report = TrainingRuns.json(out.resolve("report.json"));
        assertThat(report.get("schema").asText()).isEqualTo("firesteel.prediction/1");
        assertThat(report.get("rows").asLong()).isEqualTo(ROWS);
        assertThat(report.get("rowsPerSecond").asDouble())
                .isCloseTo(ROWS / report.get("seconds").asDouble(), within(1e-6));
        assertThat(report.get("model").get("sha256"))
                .isEqualTo(runs.report().get("model").get("sha256"));
        assertThat(report.get("model").get("path"))
                .isEqualTo(runs.report().get("model").get("path"));
    }

    @Test
    void rowsCanBeChosenAndAnyFormatWritten() {
        predict(
                        "--output-format",
                        "parquet",
                        "--columns",
                        "w,f0",
                        "--where",
                        "label = 1",
                        "--with",
                        "embedding,logits",
                        "--batch-size",
                        "7")
                .done();

        Dataset<Row> predicted = read("parquet");
        assertThat(predicted.columns()).containsExactly("w", "f0", "prediction", "embedding", "logits");
        assertThat(predicted.count())
                .isEqualTo(Blobs.of(ROWS, 2).points().stream()
                        .filter(point -> point.label() == 1)
                        .count());
        assertThat(predicted.first().<Float>getList(3)).hasSize(4);
    }

    /** The run's own metrics, those of the model, and those of the predictions that were written. */
    @Test
    void evaluationsAgree() {
        JsonNode trained = runs.report().get("metrics");
        String file = out.resolve("evaluation.json").toString();
        TrainingRuns.Ended ended = TrainingRuns.run(
                        "evaluate",
                        model(),
                        "--data",
                        data(),
                        "--metrics",
                        "loss,accuracy,f1(average=macro)",
                        "--report",
                        file)
                .done();
        JsonNode report = TrainingRuns.json(Path.of(file));
        assertThat(ended.out()).startsWith("60 rows\nloss ");
        assertThat(report.get("schema").asText()).isEqualTo("firesteel.evaluation/1");
        assertThat(report.get("data").asText()).isEqualTo(data());
        assertThat(report.get("model")).isEqualTo(json("{\"path\": %s, \"sha256\": %s}"));
        JsonNode metrics = report.get("metrics");
        assertThat(metrics.get("loss").asDouble())
                .isCloseTo(trained.get("validation.loss").asDouble(), within(ROUNDING));
        assertThat(metrics.get("accuracy").asDouble())
                .isCloseTo(trained.get("validation.accuracy").asDouble(), within(1e-12));

        predict().done();
        String columns = "prediction=probability_0|probability_1|probability_2,label=label,weight=w";
        TrainingRuns.run(
                        "evaluate",
                        "--predictions",
                        out.resolve("out").toString(),
                        "--columns",
                        columns,
                        "--metrics",
                        "accuracy,f1(average=macro)",
                        "--report",
                        file)
                .done();
        JsonNode ofFile = TrainingRuns.json(Path.of(file)).get("metrics");
        assertThat(ofFile.get("accuracy").asDouble())
                .isCloseTo(metrics.get("accuracy").asDouble(), within(1e-12));
        assertThat(ofFile.get("f1(average=macro)").asDouble())
                .isCloseTo(metrics.get("f1(average=macro)").asDouble(), within(1e-12));
    }

    private static JsonNode json(String form) {
        JsonNode model = runs.report().get("model");
        return TrainingRuns.json(form.formatted(model.get("path"), model.get("sha256")));
    }

    @Test
    void metricsAreTheModelsOwnUnlessOthersAreNamed() {
        TrainingRuns.Ended ended =
                TrainingRuns.run("evaluate", model(), "--data", data()).done();
        assertThat(ended.out()).contains("loss", "accuracy");
    }

    @Test
    void groupsAreWhatAColumnSays() {
        assertThat(evaluate("--metrics", "demographicParityDifference").err())
                .startsWith(
                        "Cannot compute demographicParityDifference: no column says what rows belong to (expected --group"
                                + " NAME)");
    }

    @Test
    void rowThatCannotBeUsedEndsItOrGetsNothing() {
        runs.write("gap.csv", "id,f0,f1,f2,f3\n1,1,0,0,0\n2,,0,0,0\n3,0,0,2,0\n");
        String gap = directory.resolve("gap.csv").toString();
        TrainingRuns.Ended refused = predictOf(gap);
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err())
                .isEqualTo("Cannot use " + gap
                        + ": column f0 is null in a row (expected a number; leave such rows out by the"
                        + " condition \"f0 IS NOT NULL\", fill them before, or have null predicted for them with --invalid"
                        + " null)\n");
        predictOf(gap, "--invalid", "null", "--mode", "overwrite", "--with", "none")
                .done();
        List<Row> predicted = read("csv").orderBy("id").collectAsList();
        assertThat(predicted).extracting(row -> row.isNullAt(5)).containsExactly(false, true, false);
    }

    @Test
    void mistakesAreOneParagraphAndAnExitCode() {
        assertEnds(
                3,
                "Cannot load model " + out
                        + "/none: no such directory (expected a model's directory, that of a run that has"
                        + " ended, or REGISTRY@alias)",
                "predict",
                out + "/none",
                "--data",
                data(),
                "--output",
                out + "/out");
        assertEnds(
                3,
                "Cannot load model " + directory
                        + ": there is no model.yaml in it, nor in its model/ (expected a model's"
                        + " directory, that of a run that has ended, or REGISTRY@alias)",
                "evaluate",
                directory.toString(),
                "--data",
                data());
        assertEnds(
                3,
                "Cannot read " + out + "/none.csv as csv: no such file or directory",
                "predict",
                model(),
                "--data",
                out + "/none.csv",
                "--output",
                out + "/out");
        assertEnds(
                2,
                "Cannot write predictions to " + directory
                        + ": the data is there, which is read at the same time (expected" + " another place)",
                "predict",
                model(),
                "--data",
                data(),
                "--output",
                directory.toString());
        assertEnds(
                2,
                "Cannot write predictions to " + out
                        + ": it exists already (expected none there; --mode overwrite replaces it)",
                "predict",
                model(),
                "--data",
                data(),
                "--output",
                out.toString());
        assertEnds(
                2,
                "Invalid --output-format: pdf (must be a Spark source on the class path that can be written, such as csv, json,"
                        + " parquet or orc)",
                "predict",
                model(),
                "--data",
                data(),
                "--output",
                out + "/out",
                "--output-format",
                "pdf");
        assertEnds(
                2,
                "Unknown metric: acuracy (did you mean 'accuracy'?)",
                "evaluate",
                model(),
                "--data",
                data(),
                "--metrics",
                "acuracy");
        assertEnds(
                2,
                "Cannot compute meanAbsoluteError: the model was trained with crossEntropy (expected a loss of targets that are numbers)",
                "evaluate",
                model(),
                "--data",
                data(),
                "--metrics",
                "mae");
    }

    @Test
    void commandLinesThatSayTooLittleAreRefused() {
        assertUsage("Missing required option: '--data=PATH'", "predict", model(), "--output", "o");
        assertUsage("Missing required option: '--data=PATH'", "evaluate", model());
        assertUsage("Missing required option: '--predictions=FILE'", "evaluate", "--metrics", "accuracy");
        assertUsage(
                "Missing required option: '--columns=role=NAME,…'",
                "evaluate",
                "--predictions",
                "p.csv",
                "--metrics",
                "accuracy");
        assertUsage(
                "Cannot evaluate model m and --predictions at once: a model says itself what columns are (expected --data PATH"
                        + " beside it)",
                "evaluate",
                "m",
                "--predictions",
                "p.csv");
        assertUsage(
                "Invalid column of predictions: probability (must be probabilities, embedding, logits)",
                "predict",
                "m",
                "--data",
                "d",
                "--output",
                "o",
                "--with",
                "probability");
        assertUsage(
                "Invalid --mode: append (must be errorIfExists or overwrite)",
                "predict",
                "m",
                "--data",
                "d",
                "--output",
                "o",
                "--mode",
                "append");
    }

    private static void assertUsage(String message, String... arguments) {
        TrainingRuns.Ended ended = TrainingRuns.run(arguments);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).isEqualTo(message + " (see firesteel " + arguments[0] + " --help)\n");
    }

    private static void assertEnds(int code, String message, String... arguments) {
        TrainingRuns.Ended ended = TrainingRuns.run(arguments);
        assertThat(ended.err()).isEqualTo(message + "\n");
        assertThat(ended.code()).isEqualTo(code);
    }

    private static TrainingRuns.Ended evaluate(String... options) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", model(), "--data", data()));
        arguments.addAll(List.of(options));
        return TrainingRuns.run(arguments.toArray(String[]::new));
    }

    private TrainingRuns.Ended predict(String... options) {
        return predictOf(data(), options);
    }

    private TrainingRuns.Ended predictOf(String data, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "predict",
                model(),
                "--data",
                data,
                "--output",
                out.resolve("out").toString()));
        arguments.addAll(List.of(options));
        return TrainingRuns.run(arguments.toArray(String[]::new));
    }

    private static String model() {
        return runs.runDirectory().toString();
    }

    private static String data() {
        return directory.resolve("validation.csv").toString();
    }

    private Dataset<Row> read(String format) {
        return SharedSpark.session()
                .read()
                .format(format)
                .option("header", "true")
                .option("inferSchema", "true")
                .load(out.resolve("out").toString());
    }
}
