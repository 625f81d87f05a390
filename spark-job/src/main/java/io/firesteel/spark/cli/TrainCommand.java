package io.firesteel.spark.cli;

import io.firesteel.spark.PlanSummary;
import io.firesteel.spark.RunSummary;
import io.firesteel.spark.TrainingJob;
import io.firesteel.spark.TrainingRequest;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firesteel train JOB.yaml}. */
@Command(name = "train", description = "Trains the model that a job file describes.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB.yaml", description = "The job file: a path or a Hadoop URI.")
    private String jobFile;

    @Option(
            names = "--master",
            paramLabel = "M",
            description =
                    "Spark's master: local[N], local-cluster[N,C,M], spark://host:port, yarn, k8s://… (default: local[*], or what spark-submit was given).")
    private String master;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Overrides a key of the job file, for example train.epochs=5; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--report", paramLabel = "FILE", description = "Copies report.json to this path or URI.")
    private String report;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "Name of the run's directory (default: made of the time).")
    private String runId;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "The day that a run is for: what $${run.date} stands for in the job file.")
    private LocalDate date;

    @Option(
            names = "--dry-run",
            description = "Validates, plans and prints the plan; trains nothing and writes nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TrainingRequest request = new TrainingRequest(
                jobFile,
                overrides,
                Optional.ofNullable(master),
                Optional.ofNullable(report),
                Optional.ofNullable(runId),
                Optional.ofNullable(date));
        TerminalProgress progress = TerminalProgress.on(spec.commandLine().getErr());
        TrainingJob job = new TrainingJob(request, progress);
        if (dryRun) {
            PlanSummary plan = job.plan();
            out.print(Texts.plan(plan));
        } else {
            RunSummary summary = job.run();
            progress.close();
            out.print(Texts.summary(summary));
        }
        out.flush();
        return ExitCode.DONE.code();
    }
}
