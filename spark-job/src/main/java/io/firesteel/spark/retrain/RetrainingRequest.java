package io.firesteel.spark.retrain;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a user asks for on the command line.
 *
 * @param jobFile Hadoop path or URI of the job file
 * @param overrides each {@code key=value}
 * @param master Spark's master; empty for the one that Spark was submitted with
 * @param report where to copy the last date's report to
 * @param dates in order
 * @param wishes how it differs from the usual
 */
public record RetrainingRequest(
        String jobFile,
        List<String> overrides,
        Optional<String> master,
        Optional<String> report,
        List<LocalDate> dates,
        Set<Wish> wishes) {
    /** What isn't usual. */
    public enum Wish {
        /** Dates that are done are done again, with a candidate of their own. */
        FORCE,
        /** A date that fails doesn't keep those after it from their turn. */
        KEEP_GOING
    }

    public RetrainingRequest {
        overrides = List.copyOf(overrides);
        dates = List.copyOf(dates);
        wishes = Set.copyOf(wishes);
        if (dates.isEmpty()) {
            throw new IllegalArgumentException("Invalid dates: none (must be at least one)");
        }
    }

    boolean wants(Wish wish) {
        return wishes.contains(wish);
    }
}
