package io.firesteel.spark.barrier;

import java.io.Serializable;

/**
 * What each task of a barrier stage does as one of several ranks. It crosses Spark, and so does what it returns.
 *
 * @param <R> what a rank comes to; serializable
 */
@FunctionalInterface
public interface RankBody<R> extends Serializable {
    /** Runs on the task's thread. An exception ends the stage: the driver is told which rank threw what. */
    R run(Rank rank) throws Exception;
}
