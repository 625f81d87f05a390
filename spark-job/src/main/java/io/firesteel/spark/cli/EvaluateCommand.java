package io.firesteel.spark.cli;

import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.spark.EvaluationJob;
import io.firesteel.spark.RowJob;
import io.firesteel.spark.evaluate.EvaluationReport;
import io.firesteel.spark.evaluate.EvaluationRequest;
import io.firesteel.spark.evaluate.ModelEvaluationRequest;
import io.firesteel.spark.evaluate.PredictionColumns;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firesteel evaluate MODEL --data PATH …} and {@code firesteel evaluate --predictions FILE …}. */
@Command(
        name = "evaluate",
        description = "Computes metrics of a model on labelled rows, or of predictions that lie in a file.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final String AUTO = "auto";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description =
                    "The model's directory, that of the run that trained it, or REGISTRY@alias; with --data, and without --predictions.")
    private String model;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description = "The file, folder or glob with a row for each prediction: a path or a Hadoop URI.")
    private String predictions;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "With a model: the column that says what each row belongs to, for metrics that ask.")
    private String group;

    @Option(
            names = "--columns",
            paramLabel = "role=NAME,…",
            description =
                    "With --predictions: what the columns are: prediction and label (several columns: prediction=p0|p1|p2, or one of arrays), target, weight, loss, group, text, reference.")
    private String columns;

    @Option(
            names = "--metrics",
            paramLabel = "M,…",
            description =
                    "Names of metrics, as precision(average=macro), and formulas, as f=2*precision*recall/(precision+recall). docs/metrics.md lists them (default: those that the model was trained with).")
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
                    "Computes exactly where a metric would estimate above a million rows: areas of two classes for any number of rows, others for as many as they can hold.")
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
        Optional<String> file = Optional.ofNullable(report);
        EvaluationReport found = model == null
                ? new EvaluationJob(request(), Optional.ofNullable(master), file).run()
                : RowJob.evaluate(modelRequest(), Optional.ofNullable(master), file)
                        .run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(found.text());
        out.flush();
        return ExitCode.DONE.code();
    }

    private ModelEvaluationRequest modelRequest() {
        if (predictions != null || columns != null) {
            throw refused("Cannot evaluate model " + model + " and "
                    + (predictions == null ? "--columns" : "--predictions")
                    + " at once: a model says itself what columns are (expected --data PATH beside it)");
        }
        require(data.isGiven(), "--data=PATH");
        return new ModelEvaluationRequest(
                model,
                data.request(),
                metrics == null ? List.of() : MetricSet.split(metrics),
                Optional.ofNullable(group));
    }

    private EvaluationRequest request() {
        require(predictions != null, data.isGiven() ? "MODEL" : "--predictions=FILE");
        require(columns != null, "--columns=role=NAME,…");
        require(metrics != null, "--metrics=M,…");
        if (group != null || data.isGiven() || data.hasCondition()) {
            throw refused(
                    "Cannot evaluate --predictions with --data, --where or --group (expected a model beside them)");
        }
        try {
            return new EvaluationRequest(
                    predictions,
                    data.format(),
                    data.options(),
                    PredictionColumns.parse(columns),
                    MetricSet.split(metrics),
                    kind(),
                    exact);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void require(boolean given, String what) {
        if (!given) {
            throw refused("Missing required " + (what.startsWith("--") ? "option" : "parameter") + ": '" + what + "'");
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
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
