package io.firesteel.spark.barrier;

import io.firesteel.engine.comm.Secret;
import io.firesteel.engine.train.TrainingSpec;
import io.firesteel.spark.config.DeviceChoice;
import io.firesteel.spark.ingest.RowDecoder;
import io.firesteel.spark.ingest.ShardAssignment;
import java.io.Serializable;
import java.time.Duration;

/**
 * What every barrier task of a run gets. It travels inside Spark's task closure, over Spark's own channel, and with it the
 * secret by which replicas know each other.
 *
 * @param runId the run
 * @param training what to learn
 * @param assignment which replica hosts which shards
 * @param decoder of the rows
 * @param checkpoints URI of the directory for checkpoints
 * @param secret shared by the replicas of this run alone
 * @param device where to compute
 * @param communicationTimeout longest silence of a peer
 * @param startTimeout longest wait for the other replicas to have read their rows
 */
public record ReplicaPlan(
        String runId,
        TrainingSpec training,
        ShardAssignment assignment,
        RowDecoder decoder,
        String checkpoints,
        Secret secret,
        DeviceChoice device,
        Duration communicationTimeout,
        Duration startTimeout)
        implements Serializable {}
