package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.connectors.hadoop.FailureReason;
import io.firesteel.engine.data.DataException;
import io.firesteel.spark.config.MetricProblem;
import io.firesteel.spark.evaluate.Evaluation;
import io.firesteel.spark.evaluate.EvaluationReport;
import io.firesteel.spark.evaluate.EvaluationRequest;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An evaluation of predictions, from the request to the report; what is wrong with the request is found before Spark starts. */
public final class EvaluationJob {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluationJob.class);

    private final EvaluationRequest request;
    private final Optional<String> master;
    private final Optional<String> file;

    /**
     * @param request what to evaluate
     * @param master Spark's; empty for the one that is set
     * @param file path or URI of the report
     */
    public EvaluationJob(EvaluationRequest request, Optional<String> master, Optional<String> file) {
        this.request = request;
        this.master = master;
        this.file = file;
    }

    /**
     * Evaluates, and writes the report.
     *
     * @throws RunException if it can't be evaluated, or the report not be written
     */
    public EvaluationReport run() {
        Evaluation evaluation = prepared();
        return SparkSessions.with("evaluate", master, spark -> run(evaluation, spark));
    }

    private Evaluation prepared() {
        try {
            return new Evaluation(request);
        } catch (IllegalArgumentException e) {
            throw new RunException(RunException.Fault.JOB, MetricProblem.of(e), e);
        }
    }

    private EvaluationReport run(Evaluation evaluation, SparkSession spark) {
        Optional<ReportFile> target = file.map(
                location -> new ReportFile(location, spark.sparkContext().hadoopConfiguration()));
        try {
            target.ifPresent(ReportFile::checkWritable);
            EvaluationReport report = evaluated(evaluation, spark);
            target.ifPresent(written -> written.write(report.toJson()));
            return report;
        } catch (ArtifactException e) {
            throw Failures.ofOutput(e, "see --report");
        }
    }

    private static EvaluationReport evaluated(Evaluation evaluation, SparkSession spark) {
        try {
            return evaluation.run(spark);
        } catch (DataException e) {
            throw new RunException(RunException.Fault.DATA, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new RunException(RunException.Fault.JOB, e.getMessage(), e);
        } catch (RunException e) {
            throw e;
        } catch (Exception e) {
            // Spark's Scala methods throw checked exceptions undeclared.
            LOG.error("Spark ended the evaluation", e);
            throw ofSpark(e);
        }
    }

    /** A metric that can't read what it got is a matter of the request; one that refuses a value is a matter of the data. */
    private static RunException ofSpark(Exception failure) {
        if (FailureReason.find(failure).isPresent()) {
            return Failures.ofSpark("evaluate", failure, Optional.empty(), Optional.empty());
        }
        Optional<Throwable> request = find(failure, cause -> cause.getClass() == IllegalStateException.class);
        Optional<Throwable> data = find(failure, IllegalArgumentException.class::isInstance);
        if (request.isPresent()) {
            return new RunException(RunException.Fault.JOB, request.get().getMessage(), failure);
        }
        return data.isPresent()
                ? new RunException(RunException.Fault.DATA, data.get().getMessage(), failure)
                : Failures.ofSpark("evaluate", failure, Optional.empty(), Optional.empty());
    }

    private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> wanted) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
