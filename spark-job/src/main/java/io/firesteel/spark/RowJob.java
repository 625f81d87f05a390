package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.spark.config.MetricProblem;
import io.firesteel.spark.evaluate.EvaluationReport;
import io.firesteel.spark.evaluate.ModelEvaluation;
import io.firesteel.spark.evaluate.ModelEvaluationRequest;
import io.firesteel.spark.predict.Prediction;
import io.firesteel.spark.predict.PredictionReport;
import io.firesteel.spark.predict.PredictionRequest;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * A job over the rows of a dataset with a trained model, from the request to the report.
 *
 * @param <R> the report
 */
public final class RowJob<R> {
    private final String what;
    private final Function<SparkSession, R> work;
    private final Function<R, byte[]> json;
    private final Optional<String> master;
    private final Optional<String> file;

    private RowJob(
            String what,
            Function<SparkSession, R> work,
            Function<R, byte[]> json,
            Optional<String> master,
            Optional<String> file) {
        this.what = what;
        this.work = work;
        this.json = json;
        this.master = master;
        this.file = file;
    }

    /**
     * Predicts rows, and writes them.
     *
     * @param master Spark's; empty for the one that is set
     * @param file path or URI of the report
     */
    public static RowJob<PredictionReport> predict(
            PredictionRequest request, Optional<String> master, Optional<String> file) {
        return new RowJob<>("predict", new Prediction(request)::run, PredictionReport::toJson, master, file);
    }

    /**
     * Evaluates a model.
     *
     * @param master Spark's; empty for the one that is set
     * @param file path or URI of the report
     * @throws RunException if a metric is unknown
     */
    public static RowJob<EvaluationReport> evaluate(
            ModelEvaluationRequest request, Optional<String> master, Optional<String> file) {
        ModelEvaluation evaluation = new ModelEvaluation(request);
        try {
            evaluation.check();
        } catch (IllegalArgumentException e) {
            throw new RunException(RunException.Fault.JOB, MetricProblem.of(e), e);
        }
        return new RowJob<>("evaluate", evaluation::run, EvaluationReport::toJson, master, file);
    }

    /**
     * Does it, and writes the report.
     *
     * @throws RunException if it can't be done, or the report not be written
     */
    public R run() {
        return SparkSessions.with(what, master, this::run);
    }

    private R run(SparkSession spark) {
        Optional<ReportFile> target = file.map(
                location -> new ReportFile(location, spark.sparkContext().hadoopConfiguration()));
        try {
            target.ifPresent(ReportFile::checkWritable);
        } catch (ArtifactException e) {
            throw new RunException(RunException.Fault.JOB, e.getMessage() + " (see --report)", e);
        }
        R report = done(spark);
        target.ifPresent(written -> written.write(json.apply(report)));
        return report;
    }

    private R done(SparkSession spark) {
        try {
            return work.apply(spark);
        } catch (Exception e) {
            // Spark's Scala methods throw checked exceptions undeclared.
            throw RowFailures.of(what, e);
        }
    }
}
