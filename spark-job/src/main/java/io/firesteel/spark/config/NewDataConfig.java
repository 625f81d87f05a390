package io.firesteel.spark.config;

import java.util.Objects;
import java.util.Optional;

/**
 * How rows that came since the last success are found.
 *
 * @param by what tells them
 * @param column whose largest value is compared, with {@link By#WATERMARK} alone
 * @param whenNone what to do where there are none
 */
public record NewDataConfig(By by, Optional<String> column, WhenNone whenNone) {
    /** What tells new rows. */
    public enum By {
        /** Files that weren't there: new partitions. */
        FILES("files"),
        /** Files that were written to since. */
        MODIFICATION_TIME("modificationTime"),
        /** A larger value of a column. */
        WATERMARK("watermark");

        private final String label;

        By(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** What to do where nothing is new. */
    public enum WhenNone {
        /** End well, and train nothing. */
        SKIP("skip"),
        TRAIN("train");

        private final String label;

        WhenNone(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    public NewDataConfig {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(whenNone, "whenNone");
        NewDataSection.COLUMN.check(column);
        if (column.isPresent() != (by == By.WATERMARK)) {
            throw new RuleViolation(
                    "column",
                    column.isPresent()
                            ? column.get() + " (must be left out with by: " + by.label() + ")"
                            : "none (must name a column with by: watermark)");
        }
    }
}
