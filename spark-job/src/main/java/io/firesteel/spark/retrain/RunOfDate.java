package io.firesteel.spark.retrain;

import java.time.LocalDate;

/**
 * One run for one date.
 *
 * @param date what {@code run.date} stands for
 * @param attempt 1, and one more each time that a date which is done is done again
 */
record RunOfDate(LocalDate date, int attempt) {
    RunOfDate {
        if (attempt < 1) {
            throw new IllegalArgumentException("Invalid attempt: " + attempt + " (must be at least 1)");
        }
    }

    /** The run's name: {@code 2016-03-01}, then {@code 2016-03-01-2}. */
    String id() {
        return attempt == 1 ? date.toString() : date + "-" + attempt;
    }
}
