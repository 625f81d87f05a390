package io.firesteel.spark.verdict;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a check of the data has found, as the verdict shows it.
 *
 * @param name of the check; {@value #DRIFT} for one whose value is drawn with those of the other columns
 * @param column that it is of, if it is of one
 * @param status whether it found something
 * @param text what it found, a sentence
 * @param value that it found
 * @param limit that the value is compared with
 */
public record DataCheck(
        String name, Optional<String> column, Status status, String text, OptionalDouble value, OptionalDouble limit) {
    /** The name of checks of how far a column's values have moved. */
    public static final String DRIFT = "drift";

    /** Whether a check found something. */
    public enum Status {
        OK("ok"),
        WARN("warn"),
        STOP("stop");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        /** The word in {@code verdict.json}. */
        public String label() {
            return label;
        }
    }

    public DataCheck {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(limit, "limit");
    }

    boolean isDrift() {
        return name.equals(DRIFT) && value.isPresent();
    }
}
