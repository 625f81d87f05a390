package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.connectors.source.SparkReading;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.train.StateMerger;
import io.firesteel.spark.barrier.BarrierStage;
import io.firesteel.spark.barrier.ReplicaResult;
import io.firesteel.spark.barrier.StageStart;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.coordinator.Coordinator;
import io.firesteel.spark.coordinator.FailureWatch;
import io.firesteel.spark.coordinator.ListenerThread;
import io.firesteel.spark.coordinator.RunListener;
import io.firesteel.spark.ingest.ShardedRows;
import io.firesteel.spark.report.RunDirectory;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training run from the job file to the run directory: where everything is put together. It reads from top to bottom.
 * Where Spark runs in this process already, the run uses it and leaves it running; else it starts Spark and stops it.
 */
public final class TrainingJob {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    private final TrainingRequest request;
    private final RunListener terminal;

    /**
     * @param request what the user asks for
     * @param terminal shows how the run goes
     */
    public TrainingJob(TrainingRequest request, RunListener terminal) {
        this.request = request;
        this.terminal = terminal;
    }

    /**
     * Plans the run and counts its rows, but trains nothing and writes nothing.
     *
     * @throws RunException if the job can't run as it is
     */
    public PlanSummary plan() {
        return withSession((job, spark) -> reading(() -> PlanSummary.of(new RunPlanner(spark).plan(job))));
    }

    /**
     * Trains.
     *
     * @throws RunException if the job can't run as it is, or fails
     */
    public RunSummary run() {
        return withSession(this::train);
    }

    /**
     * Trains a job that has been read already, in a session that is open and stays open.
     *
     * @throws RunException if the job can't run as it is, or fails
     */
    public RunSummary run(JobConfig job, SparkSession spark) {
        return train(job, spark);
    }

    private RunSummary train(JobConfig job, SparkSession spark) {
        String runId = request.runId().orElseGet(RunIds::ofNow);
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        RunDirectory directory = RunDirectory.of(job, runId, hadoop);
        checkOutput(directory, hadoop);
        RunPlan plan = reading(() -> new RunPlanner(spark).plan(job));
        RunRecorder recorder = new RunRecorder(request, plan, runId, directory, hadoop);
        try {
            List<ReplicaResult> results = trainReplicas(plan, runId, directory, recorder, spark.sparkContext());
            return recorder.completed(results);
        } catch (RunException e) {
            recorder.failed(e);
            throw e;
        } catch (ArtifactException e) {
            throw new RunException(RunException.Fault.TRAINING, e.getMessage(), e);
        }
    }

    private List<ReplicaResult> trainReplicas(
            RunPlan plan, String runId, RunDirectory directory, RunRecorder recorder, SparkContext context) {
        Duration afterLoss = Duration.ofSeconds(context.conf().getTimeAsSeconds("spark.network.timeout", "120s") + 30);
        try (ListenerThread recording = new ListenerThread(recorder);
                FailureWatch watch = new FailureWatch(() -> context.cancelJobGroup(runId), afterLoss);
                DriverHandlers handlers = DriverHandlers.attach(
                        plan, runId, directory, context, () -> watch.cancelNow("a handler on the driver failed"));
                Coordinator coordinator = Coordinator.open(
                        runId,
                        plan.assignment().replicas(),
                        StateMerger.of(plan.training().metricSet()),
                        RunListener.of(watch, recording, terminal),
                        handlers.handlers())) {
            try {
                List<ReplicaResult> results =
                        runStage(plan, runId, recorder.checkpoints(), context, coordinator, watch, handlers);
                recorder.restarts(coordinator.restarts());
                handlers.throwIfFailed();
                Failures.throwFirst(results, coordinator.firstFailure());
                handlers.completed(results);
                recording.drain();
                return results;
            } catch (RunException e) {
                handlers.failed(e);
                throw e;
            }
        }
    }

    private List<ReplicaResult> runStage(
            RunPlan plan,
            String runId,
            String checkpoints,
            SparkContext context,
            Coordinator coordinator,
            FailureWatch watch,
            DriverHandlers handlers) {
        StageStart stageStart =
                new StageStart(() -> watch.expectStart(plan.job().train().startTimeout()));
        context.addSparkListener(stageStart);
        // Interrupting is what ends a task that waits on a socket when its attempt is over.
        context.setJobGroup(runId, "firesteel " + plan.job().name() + " " + runId, true);
        try {
            return BarrierStage.run(
                    ShardedRows.partitions(plan.rows(), plan.assignment()), plan.forReplicas(runId, checkpoints));
        } catch (Exception e) {
            // Spark's Scala methods throw checked exceptions undeclared.
            LOG.error("Spark ended the job of run {} on {}", runId, context.master(), e);
            handlers.throwIfFailed();
            throw Failures.ofSpark(e, coordinator.firstFailure(), watch.cancelledBecause());
        } finally {
            context.clearJobGroup();
            context.removeSparkListener(stageStart);
        }
    }

    /** Does what may read rows, though no replica runs yet: to count them, or to find what is wrong with a column. */
    private static <T> T reading(Supplier<T> body) {
        try {
            return SparkReading.of(body);
        } catch (DataException e) {
            throw new RunException(RunException.Fault.DATA, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new RunException(RunException.Fault.JOB, e.getMessage(), e);
        }
    }

    private void checkOutput(RunDirectory directory, Configuration hadoop) {
        try {
            if (directory.exists()) {
                throw new RunException(
                        RunException.Fault.JOB,
                        "Cannot write run " + directory.uri()
                                + ": it exists already (give another --run-id, or leave it out for a new one)");
            }
            directory.checkWritable();
            request.report().ifPresent(report -> new ReportFile(report, hadoop).checkWritable());
        } catch (ArtifactException e) {
            throw Failures.ofOutput(e, "see output in the job file, and --report");
        }
    }

    private <T> T withSession(BiFunction<JobConfig, SparkSession, T> body) {
        JobConfig job = JobLoader.load(request);
        return SparkSessions.with(job.name(), request.master(), spark -> body.apply(job, spark));
    }
}
