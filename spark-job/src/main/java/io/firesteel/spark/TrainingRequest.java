package io.firesteel.spark;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a user asks for on the command line.
 *
 * @param jobFile Hadoop path or URI of the job file
 * @param overrides each {@code key=value}
 * @param master Spark's master; empty for the one that Spark was submitted with
 * @param report where to copy the report to, as well
 * @param runId name of the run; empty for one made of the time
 * @param runDate what {@code run.date} stands for in the job file
 */
public record TrainingRequest(
        String jobFile,
        List<String> overrides,
        Optional<String> master,
        Optional<String> report,
        Optional<String> runId,
        Optional<LocalDate> runDate) {
    public TrainingRequest {
        overrides = List.copyOf(overrides);
    }
}
