package io.firesteel.spark.retrain;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.connectors.lease.JobLease;
import io.firesteel.connectors.lease.LeaseAnswer;
import io.firesteel.connectors.lease.LeaseException;
import io.firesteel.connectors.lease.LeaseLostException;
import io.firesteel.engine.registry.RegistryException;
import io.firesteel.spark.JobLoader;
import io.firesteel.spark.RunException;
import io.firesteel.spark.SparkSessions;
import io.firesteel.spark.TrainingRequest;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.coordinator.RunListener;
import io.firesteel.spark.verdict.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Scheduled training, from the job file to the verdict of each date. One lease and one Spark serve all dates, which take their turns
 * in order. Whenever it is killed, the same command again comes to the same end. Any thread may run it, once.
 */
public final class RetrainingJob {
    private final RetrainingRequest request;
    private final RunListener training;
    private final RetrainingListener listener;
    private final StepListener steps;

    /**
     * @param request what the user asks for
     * @param training shows how a training goes
     * @param listener told how the dates go
     */
    public RetrainingJob(RetrainingRequest request, RunListener training, RetrainingListener listener) {
        this(request, training, listener, StepListener.NONE);
    }

    RetrainingJob(RetrainingRequest request, RunListener training, RetrainingListener listener, StepListener steps) {
        this.request = request;
        this.training = training;
        this.listener = listener;
        this.steps = steps;
    }

    /**
     * Does every date that isn't done.
     *
     * @return how each ended, in order
     * @throws RunException if one has failed, of several the first; with fault {@code LEASE} if another run of the job is at work
     */
    public List<DateResult> run() {
        return translated(() -> {
            JobConfig job = load(request.dates().get(0));
            Configuration hadoop = JobLoader.hadoop();
            JobPlace place = JobPlace.of(job, hadoop);
            Optional<RunReportCopy> report = request.report().map(location -> new RunReportCopy(location, hadoop));
            report.ifPresent(RunReportCopy::checkWritable);
            try (JobLease lease = acquire(place, job, hadoop)) {
                List<DateResult> results = run(job, place, lease);
                report.ifPresent(copy -> copy.write(results.get(results.size() - 1), place));
                return results;
            }
        });
    }

    private static JobLease acquire(JobPlace place, JobConfig job, Configuration hadoop) {
        LeaseAnswer answer =
                JobLease.acquire(place.lease(), job.retraining().schedule().lease(), hadoop);
        if (answer instanceof LeaseAnswer.Held held) {
            throw new RunException(
                    RunException.Fault.LEASE,
                    "Cannot retrain " + job.name() + ": another run is at work (" + held.owner()
                            + "; if it has died its lease expires in "
                            + held.expiresIn().toSeconds() + " s; wait for its end, or try again then)");
        }
        return ((LeaseAnswer.Acquired) answer).lease();
    }

    /** Spark isn't started for dates that are done. */
    private List<DateResult> run(JobConfig job, JobPlace place, JobLease lease) {
        DateRecords records = place.records();
        boolean isDone = !request.wants(RetrainingRequest.Wish.FORCE)
                && request.dates().stream().allMatch(date -> records.find(date).isPresent());
        return isDone
                ? request.dates().stream()
                        .map(date -> told(done(records, date)))
                        .toList()
                : SparkSessions.with(job.name(), request.master(), spark -> run(place, lease, spark));
    }

    private List<DateResult> run(JobPlace place, JobLease lease, SparkSession spark) {
        lease.onLost(lost -> spark.sparkContext().cancelAllJobs());
        List<DateResult> results = new ArrayList<>();
        Optional<RunException> first = Optional.empty();
        for (LocalDate date : request.dates()) {
            try {
                results.add(told(run(date, place, lease, spark)));
            } catch (RunException e) {
                boolean goesOn = request.wants(RetrainingRequest.Wish.KEEP_GOING)
                        && e.fault() != RunException.Fault.LEASE
                        && request.dates().size() > 1;
                if (!goesOn) {
                    throw first.orElse(e);
                }
                first = first.or(() -> Optional.of(e));
            }
        }
        first.ifPresent(failure -> {
            throw failure;
        });
        return results;
    }

    private DateResult run(LocalDate date, JobPlace place, JobLease lease, SparkSession spark) {
        DateRecords records = place.records();
        Optional<DateRecord> record = records.find(date);
        if (record.isPresent() && !request.wants(RetrainingRequest.Wish.FORCE)) {
            return done(records, date);
        }
        listener.began(date);
        RunOfDate run =
                new RunOfDate(date, record.map(last -> last.run().attempt() + 1).orElse(1));
        Steps walked = new Steps(
                () -> translated(() -> {
                    lease.checkHeld();
                    return true;
                }),
                steps);
        return new DateRun(request, run, checked(load(date), place, spark), place, spark, walked, training, listener)
                .run();
    }

    /** Dates that don't know of each other couldn't take their turns. */
    private static JobConfig checked(JobConfig job, JobPlace place, SparkSession spark) {
        JobPlace own = JobPlace.of(job, spark.sparkContext().hadoopConfiguration());
        if (!own.runs().uri().equals(place.runs().uri())) {
            throw new RunException(
                    RunException.Fault.JOB,
                    "Cannot retrain " + job.name() + ": its runs land in "
                            + own.runs().uri() + " and in " + place.runs().uri()
                            + ", by the date (expected one place: take ${run.date} out of output)");
        }
        return job;
    }

    private DateResult told(DateResult result) {
        listener.ended(result);
        return result;
    }

    private static DateResult done(DateRecords records, LocalDate date) {
        DateRecord record = records.find(date).orElseThrow();
        return new DateResult(
                date,
                Outcome.ALREADY_DONE,
                Optional.of(record.outcome()),
                OptionalInt.of(record.version()),
                List.of("Version " + record.version() + " was "
                        + record.outcome().label() + " by run " + record.run().id() + ", which ended at "
                        + record.finished()),
                Optional.empty(),
                0);
    }

    private JobConfig load(LocalDate date) {
        return JobLoader.load(new TrainingRequest(
                request.jobFile(),
                request.overrides(),
                request.master(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(date)));
    }

    /** What storage refuses is nobody's fault of those that know of dates. */
    static <T> T translated(Supplier<T> body) {
        try {
            return body.get();
        } catch (LeaseLostException e) {
            throw new RunException(RunException.Fault.LEASE, e.getMessage(), e);
        } catch (LeaseException | RegistryException | ArtifactException e) {
            throw new RunException(RunException.Fault.DATA, e.getMessage(), e);
        }
    }
}
