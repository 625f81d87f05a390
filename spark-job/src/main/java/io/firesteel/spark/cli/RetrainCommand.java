package io.firesteel.spark.cli;

import io.firesteel.spark.TrainingJob;
import io.firesteel.spark.TrainingRequest;
import io.firesteel.spark.coordinator.RunListener;
import io.firesteel.spark.retrain.DateResult;
import io.firesteel.spark.retrain.RetrainingJob;
import io.firesteel.spark.retrain.RetrainingRequest;
import io.firesteel.spark.retrain.RetrainingRequest.Wish;
import io.firesteel.spark.retrain.RunDates;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firesteel retrain JOB.yaml}. */
@Command(
        name = "retrain",
        description =
                "Trains for scheduled dates, compares with the model in use, and promotes what is better. Safe to run twice, late, or to be killed.",
        mixinStandardHelpOptions = true)
final class RetrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB.yaml", description = "The job file: a path or a Hadoop URI.")
    private String jobFile;

    @Option(
            names = "--date",
            paramLabel = "D|A..B",
            description =
                    "The day that the run is for, YYYY-MM-DD, or the first and the last of several: what $${run.date} stands for in the job file (default: today, in UTC).")
    private String dates;

    @Option(
            names = "--every",
            paramLabel = "STEP",
            defaultValue = "day",
            description = "From one date of A..B to the next: day, week or month (default: ${DEFAULT-VALUE}).")
    private String every;

    @Option(
            names = "--require-promotion",
            description = "Exits with 5 where a candidate isn't promoted, also one of a date that is done.")
    private boolean requirePromotion;

    @Option(names = "--force", description = "Does dates again that are done.")
    private boolean force;

    @Option(
            names = "--keep-going",
            description =
                    "Goes on with the next date of A..B where one fails; the exit code is that of the first that did.")
    private boolean keepGoing;

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

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Copies the report of the date's training to this path or URI, with what was decided; of several dates, that of the last.")
    private String report;

    @Option(
            names = "--dry-run",
            description = "Validates, plans and prints the plan of the first date; trains nothing and writes nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        List<LocalDate> list = dates();
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            out.print(Texts.plan(new TrainingJob(plan(list.get(0)), RunListener.of()).plan()));
            out.flush();
            return ExitCode.DONE.code();
        }
        RetrainingRequest request = new RetrainingRequest(
                jobFile, overrides, Optional.ofNullable(master), Optional.ofNullable(report), list, wishes());
        try (RetrainingProgress progress =
                new RetrainingProgress(out, spec.commandLine().getErr(), list.size())) {
            List<DateResult> results = new RetrainingJob(request, progress.training(), progress).run();
            boolean isRefused = results.stream().anyMatch(DateResult::isRefused);
            return (requirePromotion && isRefused ? ExitCode.NOT_PROMOTED : ExitCode.DONE).code();
        }
    }

    private List<LocalDate> dates() {
        try {
            RunDates.Every step = RunDates.Every.parse(every);
            // The same on every machine that a scheduler may choose.
            return dates == null
                    ? List.of(LocalDate.now(ZoneOffset.UTC))
                    : RunDates.parse(dates, step).list();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Set<Wish> wishes() {
        Set<Wish> wishes = EnumSet.noneOf(Wish.class);
        if (force) {
            wishes.add(Wish.FORCE);
        }
        if (keepGoing) {
            wishes.add(Wish.KEEP_GOING);
        }
        return wishes;
    }

    private TrainingRequest plan(LocalDate date) {
        return new TrainingRequest(
                jobFile, overrides, Optional.ofNullable(master), Optional.empty(), Optional.empty(), Optional.of(date));
    }
}
