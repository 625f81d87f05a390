package io.firesteel.spark.config;

import java.util.List;

/** Which columns of the data make up one input of the model. */
public sealed interface FeatureColumns {
    /**
     * Numeric columns, one value each, side by side in the order given.
     *
     * @param patterns names of columns, or globs where {@code *} stands for any characters and {@code ?} for one; at
     *     least one
     */
    record Scalars(List<String> patterns) implements FeatureColumns {
        public Scalars {
            patterns = FeatureSection.COLUMNS.check(List.copyOf(patterns));
        }

        /** Whether the number of columns is known without the data: no pattern is a glob. */
        public boolean isExplicit() {
            return patterns.stream().noneMatch(pattern -> pattern.contains("*") || pattern.contains("?"));
        }
    }

    /**
     * One column that holds the whole input: a number, an array, a vector or bytes.
     *
     * @param name of the column, taken literally
     */
    record Whole(String name) implements FeatureColumns {
        public Whole {
            FeatureSection.COLUMN.check(name);
        }
    }
}
