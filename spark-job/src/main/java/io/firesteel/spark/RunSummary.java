package io.firesteel.spark;

import io.firesteel.spark.report.RunReport;

/**
 * A run that has ended well.
 *
 * @param directory the run directory
 * @param report what its {@code report.json} says
 */
public record RunSummary(String directory, RunReport report) {}
