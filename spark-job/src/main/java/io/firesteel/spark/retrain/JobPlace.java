package io.firesteel.spark.retrain;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.spark.config.JobConfig;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the things of a job are: {@code <output>/<name>/}.
 *
 * @param runs the directory of its runs
 * @param registry location of its registry
 */
record JobPlace(ArtifactDirectory runs, String registry) {
    static JobPlace of(JobConfig job, Configuration hadoop) {
        ArtifactDirectory runs = ArtifactDirectory.of(job.output(), hadoop).child(job.name());
        return new JobPlace(
                runs,
                job.retraining()
                        .registry()
                        .orElseGet(() -> runs.child("registry").uri()));
    }

    /** Location of the lease. */
    String lease() {
        return runs.child("retraining").child("lease").uri();
    }

    /** The dates that are done. */
    DateRecords records() {
        return new DateRecords(runs.child("retraining").child("dates"));
    }

    /** Where a run's files are. */
    ArtifactDirectory run(String id) {
        return runs.child(id);
    }
}
