package io.firesteel.spark.check;

import java.util.Objects;
import java.util.Optional;

/**
 * What the values of a column look like.
 *
 * @param name of the column
 * @param role what it is to the training
 * @param type Spark's name of its type
 * @param values that are there: one a row, or all elements of arrays and bytes
 * @param nulls values that aren't there; an array that is missing counts once
 * @param numbers for numbers, times (seconds), dates (days since 1970), and elements of arrays and bytes
 * @param categories for text, booleans and classes; neither for what Spark can't compare
 */
public record ColumnStatistics(
        String name,
        Role role,
        String type,
        long values,
        long nulls,
        Optional<NumberSummary> numbers,
        Optional<CategorySummary> categories) {
    public ColumnStatistics {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(numbers, "numbers");
        Objects.requireNonNull(categories, "categories");
        if (values < 0 || nulls < 0) {
            throw new IllegalArgumentException("Invalid statistics of column " + name + ": " + values + " values and "
                    + nulls + " nulls (must be 0 or more)");
        }
    }

    /** The share of values that aren't there; 0 where there are no rows. */
    public double nullFraction() {
        return nulls == 0 ? 0 : (double) nulls / (values + nulls);
    }

    boolean isTrainedOn() {
        return role != Role.OTHER;
    }
}
