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
        implements Serializable {}
