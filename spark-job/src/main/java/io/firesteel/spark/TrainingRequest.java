package io.firesteel.spark;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** @throws RunException if the run's name isn't one, or the report has no path */
    public TrainingRequest {
        overrides = List.copyOf(overrides);
        runId.filter(id -> !NAME.matcher(id).matches()).ifPresent(id -> {
            throw invalid("--run-id", id, "letters, digits, '.', '_' and '-', and not start with '.'");
        });
        report.filter(String::isBlank).ifPresent(path -> {
            throw invalid("--report", path, "a path or URI");
        });
    }

    private static RunException invalid(String option, String value, String expected) {
        return new RunException(
                RunException.Fault.JOB, "Invalid " + option + ": " + value + " (must be " + expected + ")");
    }
}
