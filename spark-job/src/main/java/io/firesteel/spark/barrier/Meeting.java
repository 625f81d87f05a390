package io.firesteel.spark.barrier;

import io.firesteel.engine.comm.Secret;
import io.firesteel.spark.config.LinkConfig;
import java.io.Serializable;
import java.time.Duration;

/**
 * By what the ranks of a run find and trust each other. It travels inside Spark's task closure, over Spark's own channel.
 *
 * @param runId the run
 * @param secret shared by the ranks of this run alone
 * @param links how the ranks reach each other
 * @param communicationTimeout longest silence of a peer
 * @param startTimeout longest wait for the other ranks to join
 */
public record Meeting(
        String runId, Secret secret, LinkConfig links, Duration communicationTimeout, Duration startTimeout)
        implements Serializable {
    /**
     * Longest time until a rank has reached all others. Half of what a connected rank waits for another: one that can't
     * reach a third then fails by itself, and names it, before those that wait for it accuse it of silence.
     */
    public Duration connectTimeout() {
        return communicationTimeout.dividedBy(2);
    }
}
