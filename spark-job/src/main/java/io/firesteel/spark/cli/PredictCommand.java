package io.firesteel.spark.cli;

import io.firesteel.spark.RowJob;
import io.firesteel.spark.predict.InvalidRows;
import io.firesteel.spark.predict.PredictionColumn;
import io.firesteel.spark.predict.PredictionReport;
import io.firesteel.spark.predict.PredictionRequest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firesteel predict MODEL …}. */
@Command(
        name = "predict",
        description = "Predicts rows with a trained model: one row out for each row in, with its columns.",
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private static final String NONE = "none";
    private static final String OVERWRITE = "overwrite";
    private static final String ERROR_IF_EXISTS = "errorIfExists";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL",
            description = "The model's directory, that of the run that trained it, or REGISTRY@alias.")
    private String model;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            required = true,
            description = "Where predictions go: a folder, as a path or a Hadoop URI.")
    private String output;

    @Option(
            names = "--output-format",
            paramLabel = "F",
            description =
                    "Spark's name of the format to write (default: the data's if it is csv, json, parquet, orc or avro, else parquet).")
    private String outputFormat;

    @Option(
            names = "--columns",
            paramLabel = "C,…",
            split = ",",
            description = "The data's columns to write beside predictions (default: all).")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--with",
            paramLabel = "C,…",
            split = ",",
            description =
                    "Columns beside prediction: probabilities, embedding, logits, or none (default: the probabilities of a classifier).")
    private List<String> with;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Rows that are predicted at once (default: 64 to 1024, with features of at most 640 KiB).")
    private Integer batchSize;

    @Option(
            names = "--invalid",
            paramLabel = "error|null",
            defaultValue = "error",
            description =
                    "What becomes of a row with a null or infinite feature: it ends the command, or gets null predictions (default: ${DEFAULT-VALUE}).")
    private String invalid;

    @Option(
            names = "--mode",
            paramLabel = ERROR_IF_EXISTS + "|" + OVERWRITE,
            defaultValue = ERROR_IF_EXISTS,
            description = "What to do if the output exists already (default: ${DEFAULT-VALUE}).")
    private String mode;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes rows and seconds as JSON to this path or URI.")
    private String report;

    @Option(
            names = "--master",
            paramLabel = "M",
            description =
                    "Spark's master: local[N], spark://host:port, yarn, k8s://… (default: local[*], or what spark-submit was given).")
    private String master;

    @Override
    public Integer call() {
        PredictionReport done = RowJob.predict(request(), Optional.ofNullable(master), Optional.ofNullable(report))
                .run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(done.text());
        out.flush();
        return ExitCode.DONE.code();
    }

    private PredictionRequest request() {
        if (!data.isGiven()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--data=PATH'");
        }
        try {
            return new PredictionRequest(
                    model,
                    data.request(),
                    output,
                    Optional.ofNullable(outputFormat),
                    oneOf("--mode", mode, ERROR_IF_EXISTS, OVERWRITE).equals(OVERWRITE),
                    columns,
                    extras(),
                    batchSize == null ? OptionalInt.empty() : OptionalInt.of(batchSize),
                    oneOf("--invalid", invalid, "error", "null").equals("null") ? InvalidRows.NULL : InvalidRows.ERROR);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Optional<List<PredictionColumn>> extras() {
        return Optional.ofNullable(with)
                .map(names -> names.equals(List.of(NONE))
                        ? List.of()
                        : names.stream().map(PredictionColumn::of).toList());
    }

    private static String oneOf(String option, String value, String one, String other) {
        if (!value.equals(one) && !value.equals(other)) {
            throw new IllegalArgumentException(
                    "Invalid " + option + ": " + value + " (must be " + one + " or " + other + ")");
        }
        return value;
    }
}
