package io.firesteel.spark.cli;

import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.spark.EvaluationJob;
import io.firesteel.spark.evaluate.EvaluationReport;
import io.firesteel.spark.evaluate.EvaluationRequest;
import io.firesteel.spark.evaluate.PredictionColumns;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firesteel evaluate --predictions FILE …}. */
@Command(
        name = "evaluate",
        description = "Computes metrics of predictions that lie in a file.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final String AUTO = "auto";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL_DIR",
            description = "Not supported yet: give --predictions.",
            hidden = true)
    private String model;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description = "The file, folder or glob with a row for each prediction: a path or a Hadoop URI.")
    private String predictions;

    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "Spark's name of the format: csv, parquet, json, orc, … (default: by the file's ending, else csv).")
    private String format;

    @Option(
            names = "--option",
            paramLabel = "K=V",
            description =
                    "An option of Spark's source, for example sep=; may be repeated (default for csv: header=true).")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description =
                    "Rows that count, as Spark SQL over the file's columns: \"day >= '2026-01-01' and double(amount) > 0\" (default: all).")
    private String where;

    @Option(
            names = "--columns",
            paramLabel = "role=NAME,…",
            required = true,
            description =
                    "What the columns are: prediction and label (several columns: prediction=p0|p1|p2, or one of arrays), target, weight, loss, group, text, reference.")
    private String columns;

    @Option(
            names = "--metrics",
            paramLabel = "M,…",
            required = true,
            description =
                    "Names of metrics, as precision(average=macro), and formulas, as f=2*precision*recall/(precision+recall). docs/metrics.md lists them.")
    private String metrics;

    @Option(
            names = "--prediction-kind",
            paramLabel = "KIND",
            defaultValue = AUTO,
            description =
                    "auto, logits, probabilities or classes (default: auto: whole numbers are classes, numbers in [0, 1] probabilities, others logits or values).")
    private String kind;

    @Option(
            names = "--exact",
            description =
                    "Computes exactly where a metric would estimate above a million rows: areas, medians and rank correlations of any number of rows, which are sorted.")
    private boolean exact;

    @Option(
            names = "--master",
            paramLabel = "M",
            description =
                    "Spark's master: local[N], spark://host:port, yarn, k8s://… (default: local[*], or what spark-submit was given).")
    private String master;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the values as JSON to this path or URI.")
    private String report;

    @Override
    public Integer call() {
        EvaluationReport found =
                new EvaluationJob(request(), Optional.ofNullable(master), Optional.ofNullable(report)).run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(found.text());
        out.flush();
        return ExitCode.DONE.code();
    }

    private EvaluationRequest request() {
        if (model != null || predictions == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    model == null
                            ? "Missing required option: '--predictions=FILE'"
                            : "Cannot evaluate model " + model
                                    + ": only predictions can be evaluated yet (give --predictions FILE)");
        }
        try {
            return new EvaluationRequest(
                    predictions,
                    Optional.ofNullable(format),
                    options,
                    Optional.ofNullable(where),
                    PredictionColumns.parse(columns),
                    MetricSet.split(metrics),
                    kind(),
                    exact);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Optional<PredictionKind> kind() {
        if (kind.equals(AUTO)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(PredictionKind.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Invalid --prediction-kind: " + kind + " (must be auto, logits, probabilities or classes)")));
    }
}
