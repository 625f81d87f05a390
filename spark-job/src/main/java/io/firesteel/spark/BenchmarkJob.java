package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.engine.comm.Secret;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.train.StateMerger;
import io.firesteel.spark.barrier.BarrierStage;
import io.firesteel.spark.barrier.Meeting;
import io.firesteel.spark.barrier.RankBody;
import io.firesteel.spark.barrier.RankResult;
import io.firesteel.spark.barrier.StageStart;
import io.firesteel.spark.bench.BenchReport;
import io.firesteel.spark.bench.Benchmark;
import io.firesteel.spark.bench.Ranks;
import io.firesteel.spark.config.LinkConfig;
import io.firesteel.spark.coordinator.Coordinator;
import io.firesteel.spark.coordinator.FailureWatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One benchmark from the command line to its report. Where Spark runs in this process already, it is used and left running;
 * else it is started and stopped.
 */
public final class BenchmarkJob {
    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkJob.class);
    private static final String MEASURE = "measure";

    /** A rank that isn't measured waits as long as another's block takes. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Benchmark benchmark;
    private final Optional<String> master;
    private final Optional<String> file;
    private final Consumer<String> progress;

    /**
     * @param benchmark what to measure
     * @param master Spark's master; empty for the one that Spark was submitted with
     * @param file where to write the report; a path or a Hadoop URI
     * @param progress told what has been measured so far, line by line
     */
    public BenchmarkJob(
            Benchmark benchmark, Optional<String> master, Optional<String> file, Consumer<String> progress) {
        this.benchmark = benchmark;
        this.master = master;
        this.file = file;
        this.progress = progress;
    }

    /**
     * Measures, and writes the report.
     *
     * @throws RunException if it can't be measured, or the report not be written
     */
    public BenchReport run() {
        return SparkSessions.with("bench " + benchmark.name(), master, this::run);
    }

    private BenchReport run(SparkSession spark) {
        SparkContext context = spark.sparkContext();
        Optional<ReportFile> target = file.map(location -> new ReportFile(location, context.hadoopConfiguration()));
        try {
            target.ifPresent(ReportFile::checkWritable);
        } catch (ArtifactException e) {
            throw new RunException(RunException.Fault.JOB, e.getMessage() + " (see --json)", e);
        }
        checkSlots(context);
        BenchReport report = benchmark.run(new Stages(context, benchmark.replicas()), progress);
        try {
            target.ifPresent(written -> written.write(report.toJson()));
        } catch (ArtifactException e) {
            throw new RunException(RunException.Fault.TRAINING, e.getMessage(), e);
        }
        return report;
    }

    private void checkSlots(SparkContext context) {
        int slots = new ClusterSlots(context).await(benchmark.replicas());
        if (slots < benchmark.replicas()) {
            throw new RunException(
                    RunException.Fault.JOB,
                    "Cannot measure " + benchmark.replicas() + " replicas: " + context.master() + " has " + slots
                            + " slots (expected at least " + benchmark.replicas()
                            + "; lower --replicas, or give Spark more executor cores)");
        }
    }

    /** Each body is a barrier stage of its own. */
    private record Stages(SparkContext context, int count) implements Ranks {
        @Override
        public <R> List<R> run(RankBody<R> body, Class<R> type) {
            String runId = "bench-" + RunIds.ofNow();
            Duration afterLoss =
                    Duration.ofSeconds(context.conf().getTimeAsSeconds("spark.network.timeout", "120s") + 30);
            try (FailureWatch watch = new FailureWatch(() -> context.cancelJobGroup(runId), afterLoss);
                    Coordinator coordinator = Coordinator.open(runId, count, StateMerger.of(MetricSet.of()), watch)) {
                List<RankResult<R>> results = runStage(runId, body, type, coordinator, watch);
                Failures.throwFirst(
                        MEASURE,
                        results.stream().flatMap(result -> result.findFailure().stream()),
                        coordinator.firstFailure());
                return results.stream().map(RankResult::value).toList();
            }
        }

        private <R> List<RankResult<R>> runStage(
                String runId, RankBody<R> body, Class<R> type, Coordinator coordinator, FailureWatch watch) {
            StageStart start = new StageStart(() -> watch.expectStart(TIMEOUT));
            context.addSparkListener(start);
            // Interrupting is what ends a task that waits on a socket when its attempt is over.
            context.setJobGroup(runId, "firesteel " + runId, true);
            try {
                return BarrierStage.run(
                        context,
                        count,
                        new Meeting(runId, Secret.random(), LinkConfig.DEFAULT, TIMEOUT, TIMEOUT),
                        body,
                        type);
            } catch (Exception e) {
                // Spark's Scala methods throw checked exceptions undeclared.
                LOG.error("Spark ended the job of {} on {}", runId, context.master(), e);
                throw Failures.ofSpark(MEASURE, e, coordinator.firstFailure(), watch.cancelledBecause());
            } finally {
                context.clearJobGroup();
                context.removeSparkListener(start);
            }
        }
    }
}
