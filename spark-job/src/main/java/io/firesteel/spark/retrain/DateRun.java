package io.firesteel.spark.retrain;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.connectors.registry.VersionFiles;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.spark.Failures;
import io.firesteel.spark.JobRows;
import io.firesteel.spark.RunException;
import io.firesteel.spark.check.CheckResult;
import io.firesteel.spark.check.DataStatistics;
import io.firesteel.spark.config.HookConfig;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.NewDataConfig;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.coordinator.RunListener;
import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.Decision;
import io.firesteel.spark.decide.Promotion;
import io.firesteel.spark.snapshot.DataSnapshot;
import io.firesteel.spark.snapshot.NewData;
import io.firesteel.spark.verdict.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One date, from its data to its record, by steps of which each may be the last before a kill: whoever comes next finds in the
 * registry what has been done, by the run's keys, and does the rest.
 */
final class DateRun {
    private static final Logger LOG = LoggerFactory.getLogger(DateRun.class);
    private static final int FORMER_DATES = 10;

    private final RunOfDate run;
    private final JobConfig job;
    private final JobPlace place;
    private final SparkSession spark;
    private final Steps steps;
    private final RetrainingListener listener;
    private final CandidateTraining training;
    private final DirectoryRegistry registry;
    private final PromotionRules rules;
    private final Account account;

    DateRun(
            RetrainingRequest request,
            RunOfDate run,
            JobConfig job,
            JobPlace place,
            SparkSession spark,
            Steps steps,
            RunListener training,
            RetrainingListener listener) {
        this.run = run;
        this.job = job;
        this.place = place;
        this.spark = spark;
        this.steps = steps;
        this.listener = listener;
        this.training = new CandidateTraining(request, run, place, training);
        this.registry = DirectoryRegistry.open(
                JobPlace.of(job, spark.sparkContext().hadoopConfiguration()).registry(),
                spark.sparkContext().hadoopConfiguration());
        this.rules = job.retraining()
                .promotion()
                .orElseGet(Promotion::standardRules)
                .forBestOf(job.retraining().candidates().size());
        this.account = new Account(job, run, rules, steps);
    }

    /**
     * Brings the date to its end.
     *
     * @throws RunException if that can't be done; its verdict is written, if it isn't the job that is wrong
     */
    DateResult run() {
        try {
            return RetrainingJob.translated(this::walk);
        } catch (DataException e) {
            throw failed(new RunException(RunException.Fault.DATA, e.getMessage(), e));
        } catch (IllegalArgumentException e) {
            throw failed(new RunException(RunException.Fault.JOB, e.getMessage(), e));
        } catch (RunException e) {
            throw failed(e);
        } catch (Exception e) {
            // Spark's Scala methods throw checked exceptions undeclared; what is no failure of Spark's is a bug.
            if (e instanceof SparkThrowable) {
                throw failed(ofSpark(e));
            }
            throw e;
        }
    }

    /** What a task has found wrong with a row says more than that Spark has failed. */
    private static RunException ofSpark(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataException) {
                return new RunException(RunException.Fault.DATA, cause.getMessage(), failure);
            }
        }
        return Failures.ofSpark("retrain", failure, Optional.empty(), Optional.empty());
    }

    private DateResult walk() {
        JobRows rows = JobRows.open(job, spark);
        Dataset<Row> heldOut = rows.heldOut()
                .orElseThrow(() -> new RunException(
                        RunException.Fault.JOB,
                        "Cannot retrain " + job.name()
                                + ": it keeps no rows to compare models on (must have data.validation)"));
        Trial trial = new Trial(job, registry, rules);
        trial.check(heldOut);
        Optional<VersionFiles> registered = registered();
        Optional<DataSeen> resumed = registered.map(files -> DataSeen.parse(files.readAll(DataSeen.DOCUMENT)));
        OptionalInt champion = resumed.map(DataSeen::champion).orElseGet(this::holder);
        List<DateRecord> former = place.records().before(run.date(), FORMER_DATES);
        DataInspection inspection = new DataInspection(job, rows, former, statisticsOf(champion));
        DataSnapshot snapshot = DataSnapshot.of(rows.training());
        NewData news = steps.run(Step.NEW_ROWS, () -> inspection.newRows(snapshot));
        account.news(news);
        if (registered.isEmpty() && !news.found() && skips()) {
            return nothingNew(news);
        }
        DataStatistics statistics = steps.run(Step.CHECKS, () -> checked(inspection, registered));
        DataSeen seen =
                resumed.orElseGet(() -> DataSeen.of(statistics.rows(), news.watermark(), snapshot.toMap(), champion));
        int candidate = registered.isPresent()
                ? registered.get().version().number()
                : trained(champion, snapshot, seen, statistics);
        return decided(trial, candidate, champion, seen, heldOut);
    }

    private DateResult decided(Trial trial, int candidate, OptionalInt champion, DataSeen seen, Dataset<Row> heldOut) {
        account.data(seen);
        account.versions(registry.version(candidate), champion);
        Comparison comparison = steps.run(Step.COMPARISON, () -> trial.run(candidate, champion, heldOut));
        Decision decision = Promotion.decide(rules, comparison);
        account.compared(comparison, decision);
        HistoryEntry entry = steps.run(
                Step.DECISION,
                () -> new Ruling(registry, alias(), key("decision"))
                        .rule(candidate, champion, decision, Details.of(comparison)));
        Outcome outcome = Ruling.isPromotion(entry) ? Outcome.PROMOTED : Outcome.REFUSED;
        List<String> reasons =
                Ruling.isPromotion(entry) == decision.promoted() ? decision.reasons() : List.of(entry.reason());
        VerdictFiles.Written verdict = steps.run(
                Step.VERDICT, () -> new VerdictFiles(place.run(run.id())).write(account.verdict(outcome, reasons)));
        steps.perform(
                Step.HOOKS,
                () -> call(job.retraining().hooks().onSuccess(), outcome, OptionalInt.of(candidate), verdict));
        steps.perform(Step.RECORD, () -> record(candidate, champion, outcome, seen));
        prune();
        return new DateResult(
                run.date(),
                outcome,
                Optional.of(outcome),
                OptionalInt.of(candidate),
                reasons,
                Optional.of(verdict.page()),
                steps.total());
    }

    /** What an earlier run of the date has registered before it was killed. */
    private Optional<VersionFiles> registered() {
        return registry.findEntry(key("register"))
                .map(entry -> registry.files(entry.version().orElseThrow()));
    }

    private OptionalInt holder() {
        return registry.state().holder(alias());
    }

    private Optional<DataStatistics> statisticsOf(OptionalInt version) {
        if (version.isEmpty()) {
            return Optional.empty();
        }
        VersionFiles files = registry.files(version.getAsInt());
        return files.has(Registration.STATISTICS)
                ? Optional.of(DataStatistics.parse(files.readAll(Registration.STATISTICS)))
                : Optional.empty();
    }

    /** A candidate that is registered has passed the checks before; they are made again for the verdict. */
    private DataStatistics checked(DataInspection inspection, Optional<VersionFiles> registered) {
        List<CheckResult> schema = inspection.checkSchema();
        account.checks(schema);
        if (registered.isPresent()) {
            DataStatistics then = DataStatistics.parse(registered.get().readAll(Registration.STATISTICS));
            account.checks(DataInspection.both(schema, inspection.checkValues(then)));
            return then;
        }
        DataInspection.stopIfToldTo(schema);
        DataStatistics now = inspection.statistics();
        List<CheckResult> all = DataInspection.both(schema, inspection.checkValues(now));
        account.checks(all);
        DataInspection.stopIfToldTo(all);
        return now;
    }

    private int trained(OptionalInt champion, DataSnapshot snapshot, DataSeen seen, DataStatistics statistics) {
        Optional<String> weights = champion.isPresent()
                ? Optional.of(registry.files(champion.getAsInt())
                        .model()
                        .child("weights.safetensors")
                        .uri())
                : Optional.empty();
        List<TrainedCandidate> candidates = steps.run(Step.TRAINING, () -> training.train(job, weights, spark));
        account.candidates(candidates);
        TrainedCandidate best = CandidateTraining.best(candidates, rules);
        return steps.run(
                Step.REGISTRATION,
                () -> new Registration(registry, key("register"))
                        .register(best, run, LineageData.of(job, snapshot), seen, statistics));
    }

    private DateResult nothingNew(NewData news) {
        return new DateResult(
                run.date(),
                Outcome.NOTHING_NEW,
                Optional.empty(),
                OptionalInt.empty(),
                List.of(news.text()),
                Optional.empty(),
                steps.total());
    }

    private boolean skips() {
        return job.retraining()
                .schedule()
                .newData()
                .filter(config -> config.whenNone() == NewDataConfig.WhenNone.SKIP)
                .isPresent();
    }

    private void record(int candidate, OptionalInt champion, Outcome outcome, DataSeen seen) {
        place.records()
                .publish(new DateRecord(
                        run,
                        outcome,
                        candidate,
                        champion,
                        Instant.now(),
                        seen.rows(),
                        seen.watermark(),
                        seen.snapshot()));
    }

    private void prune() {
        try {
            registry.prune(job.retraining().schedule().keep(), "Older than retrain.keep");
        } catch (RuntimeException e) {
            // The next date prunes.
            LOG.warn("Cannot prune {}", registry.location(), e);
            listener.warned(e.getMessage());
        }
    }

    private RunException failed(RunException failure) {
        try {
            steps.checkLease();
        } catch (RunException lost) {
            // The date is another run's by now, and its files are too.
            lost.addSuppressed(failure);
            return lost;
        }
        boolean isStopped = account.isStopped();
        Outcome outcome = isStopped ? Outcome.STOPPED : Outcome.FAILED;
        if (failure.fault() == RunException.Fault.DATA || failure.fault() == RunException.Fault.TRAINING) {
            tellOfFailure(failure, outcome);
        }
        listener.ended(new DateResult(
                run.date(),
                outcome,
                Optional.empty(),
                OptionalInt.empty(),
                List.of(failure.getMessage()),
                Optional.empty(),
                steps.total()));
        return failure;
    }

    /** Storage that can't be reached fails here again: what ended the run matters more. */
    private void tellOfFailure(RunException failure, Outcome outcome) {
        try {
            VerdictFiles.Written verdict = new VerdictFiles(place.run(run.id()))
                    .write(account.verdict(outcome, List.of(failure.getMessage())));
            call(job.retraining().hooks().onFailure(), outcome, OptionalInt.empty(), verdict);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void call(Optional<HookConfig> hook, Outcome outcome, OptionalInt version, VerdictFiles.Written verdict) {
        new HookCalls(listener::warned)
                .call(
                        hook,
                        new HookEvent(run.date(), run.id(), outcome.label(), version, verdict.uri(), verdict.json()));
    }

    private String alias() {
        return job.retraining().schedule().alias();
    }

    /** Unlike those of other jobs that share the registry. */
    private String key(String deed) {
        return job.name() + "/" + run.id() + "/" + deed;
    }
}
