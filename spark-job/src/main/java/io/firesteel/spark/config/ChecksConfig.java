package io.firesteel.spark.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked of the data before anything is trained.
 *
 * @param rows how many there are
 * @param nulls how many values are missing
 * @param ranges of columns
 * @param labels how they are distributed
 * @param schema what a column that has gone or has another type does
 * @param drift how far features have moved from what the champion was trained on
 */
public record ChecksConfig(
        Optional<Rows> rows,
        Optional<Nulls> nulls,
        List<Range> ranges,
        Optional<Labels> labels,
        CheckAction schema,
        Optional<Drift> drift) {
    static final ChecksConfig NONE = new ChecksConfig(
            Optional.empty(), Optional.empty(), List.of(), Optional.empty(), CheckAction.STOP, Optional.empty());

    public ChecksConfig {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(nulls, "nulls");
        ranges = List.copyOf(ranges);
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(drift, "drift");
    }

    /**
     * How many rows there are.
     *
     * @param minimum fewer are too few
     * @param maximum more are too many
     * @param maxChange share by which they may differ from the median of earlier successes
     */
    public record Rows(Optional<Long> minimum, Optional<Long> maximum, Optional<Double> maxChange, CheckAction action) {
        public Rows {
            ChecksSection.ROWS_MINIMUM.check(minimum);
            ChecksSection.ROWS_MAXIMUM.check(maximum);
            ChecksSection.ROWS_MAX_CHANGE.check(maxChange);
            Objects.requireNonNull(action, "action");
        }
    }

    /**
     * How many values are missing.
     *
     * @param maxFraction share of a column's values that may
     * @param columns names or globs; empty: those that are trained on
     */
    public record Nulls(double maxFraction, List<String> columns, CheckAction action) {
        public Nulls {
            ChecksSection.NULLS_MAX_FRACTION.check(maxFraction);
            columns = List.copyOf(columns);
            Objects.requireNonNull(action, "action");
        }
    }

    /** The values that a column may have, both ends included. */
    public record Range(String column, Optional<Double> minimum, Optional<Double> maximum, CheckAction action) {
        public Range {
            ChecksSection.COLUMN.check(column);
            ChecksSection.MINIMUM.check(minimum);
            ChecksSection.MAXIMUM.check(maximum);
            Objects.requireNonNull(action, "action");
            if (minimum.isEmpty() && maximum.isEmpty()) {
                throw new RuleViolation("minimum", "none (must have minimum, maximum or both)");
            }
        }
    }

    /**
     * How labels are distributed.
     *
     * @param minFraction share that each class has at least
     * @param maxShift largest total variation distance from the champion's labels: half the sum of |difference of shares|
     */
    public record Labels(Optional<Double> minFraction, Optional<Double> maxShift, CheckAction action) {
        public Labels {
            ChecksSection.MIN_FRACTION.check(minFraction);
            ChecksSection.MAX_SHIFT.check(maxShift);
            Objects.requireNonNull(action, "action");
        }
    }

    /**
     * How far columns have moved.
     *
     * @param warn value of the statistic from which the verdict says so
     * @param stop value from which nothing is trained; empty: never
     * @param columns names or globs; empty: features and label
     */
    public record Drift(Test test, double warn, Optional<Double> stop, List<String> columns) {
        /** The statistic. */
        public enum Test {
            /** The population stability index. */
            PSI("psi"),
            /** Kolmogorov and Smirnov's largest distance of distribution functions. */
            KS("ks");

            private final String label;

            Test(String label) {
                this.label = label;
            }

            String label() {
                return label;
            }
        }

        public Drift {
            Objects.requireNonNull(test, "test");
            ChecksSection.DRIFT_WARN.check(warn);
            ChecksSection.DRIFT_STOP.check(stop);
            columns = List.copyOf(columns);
        }
    }
}
