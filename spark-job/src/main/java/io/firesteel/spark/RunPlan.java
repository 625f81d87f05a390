package io.firesteel.spark;

import io.firesteel.engine.comm.Secret;
import io.firesteel.engine.train.TrainingSpec;
import io.firesteel.spark.barrier.ReplicaPlan;
import io.firesteel.spark.config.FeatureConfig;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.ingest.RowDecoder;
import io.firesteel.spark.ingest.ShardAssignment;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A job, ready to run.
 *
 * @param job resolved: paths, shards and replicas are fixed
 * @param features the job's, with the columns' names in place of patterns
 * @param training what to learn
 * @param assignment which replica hosts which shards
 * @param rows hashed and assigned to splits and shards, not read yet
 * @param decoder of those rows
 * @param parameters values that the model learns
 */
record RunPlan(
        JobConfig job,
        List<FeatureConfig> features,
        TrainingSpec training,
        ShardAssignment assignment,
        Dataset<Row> rows,
        RowDecoder decoder,
        long parameters) {
    /** What every barrier task gets, with a secret of this run's own. */
    ReplicaPlan forReplicas(String runId, String checkpoints) {
        return new ReplicaPlan(
                runId,
                training,
                assignment,
                decoder,
                job.data().validation().isPresent(),
                checkpoints,
                job.train().initialWeights().orElse(""),
                Secret.random(),
                job.train().device(),
                job.train().links(),
                job.train().communicationTimeout(),
                job.train().startTimeout());
    }
}
