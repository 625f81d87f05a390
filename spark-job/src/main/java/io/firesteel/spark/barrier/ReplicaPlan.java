package io.firesteel.spark.barrier;

import io.firesteel.engine.comm.Secret;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.train.TrainingSpec;
import io.firesteel.spark.config.DeviceChoice;
import io.firesteel.spark.config.LinkConfig;
import io.firesteel.spark.coordinator.Membership;
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
 * @param validates whether some rows are held out for validation
 * @param checkpoints URI of the directory for checkpoints
 * @param initialWeights URI of a safetensors file with the weights to begin with; empty: drawn by the seed
 * @param secret shared by the replicas of this run alone
 * @param device where to compute
 * @param links how replicas reach each other
 * @param communicationTimeout longest silence of a peer
 * @param startTimeout longest wait for the other replicas to have read their rows
 */
public record ReplicaPlan(
        String runId,
        TrainingSpec training,
        ShardAssignment assignment,
        RowDecoder decoder,
        boolean validates,
        String checkpoints,
        String initialWeights,
        Secret secret,
        DeviceChoice device,
        LinkConfig links,
        Duration communicationTimeout,
        Duration startTimeout)
        implements Serializable {
    /** By what the replicas find and trust each other. */
    Meeting meeting() {
        return new Meeting(runId, secret, links, communicationTimeout, startTimeout);
    }

    /** Checks that there is something to do: only now are all rows counted. */
    void checkRows(Membership membership) {
        long training = membership.training().rows();
        long validation = membership.validationRows();
        if (training == 0) {
            throw new DataException("Cannot train with " + decoder.dataset() + ": it has no training rows ("
                    + validation + " validation rows; look at data.path, data.where and data.validation)");
        }
        if (validates && validation == 0) {
            throw new DataException("Cannot validate with " + decoder.dataset() + ": no row is held out (" + training
                    + " training rows; raise data.validation.fraction, or leave data.validation out)");
        }
    }
}
