/**
 * What a run leaves behind: the run directory with the resolved job, the history, the report and the model. Start at
 * {@link io.firesteel.spark.report.RunDirectory} and {@link io.firesteel.spark.report.RunReport}.
 */
package io.firesteel.spark.report;
