package io.firesteel.spark.retrain;

import io.firesteel.spark.RunSummary;
import io.firesteel.spark.config.JobConfig;
import java.util.Optional;

/**
 * A candidate that has been trained.
 *
 * @param name in the job file; empty for the job itself
 * @param job as it was trained
 * @param summary of the run
 * @param warm whether it began with the champion's weights
 */
record TrainedCandidate(Optional<String> name, JobConfig job, RunSummary summary, boolean warm) {
    /** A value of the run's last epoch; NaN if it has none of that name. */
    double metric(String metric) {
        return summary.report().metrics().getOrDefault(metric, Double.NaN);
    }
}
