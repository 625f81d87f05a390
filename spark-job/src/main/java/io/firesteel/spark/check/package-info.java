/**
 * What a training's rows look like, and whether that is as it should be: statistics of a DataFrame in one pass, which become a
 * version's {@code statistics.json}, and the checks of new rows against rules and against the statistics of the champion. It
 * uses config, ingest and Spark SQL. Start at {@link io.firesteel.spark.check.DataStatistics} and {@link
 * io.firesteel.spark.check.DataChecks}.
 */
package io.firesteel.spark.check;
