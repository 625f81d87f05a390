package io.firesteel.spark.evaluate;

import io.firesteel.engine.data.DataException;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * What one look at a column of numbers has found.
 *
 * @param column its name
 * @param nulls rows without a value
 * @param unreadable rows whose text is no number
 * @param example one of those
 * @param least of the numbers that aren't NaN; NaN if there are none
 * @param most likewise
 * @param whole whether all are whole numbers
 * @param writtenWhole whether the column's type, or the text of each, is that of a whole number
 */
record NumberStatistics(
        String column,
        long nulls,
        long unreadable,
        Optional<String> example,
        double least,
        double most,
        boolean whole,
        boolean writtenWhole) {
    static NumberStatistics of(NumberColumn column, Row row, int first) {
        return new NumberStatistics(
                column.name(),
                row.getLong(first),
                row.getLong(first + 1),
                Optional.ofNullable(row.getString(first + 2)),
                row.isNullAt(first + 3) ? Double.NaN : row.getDouble(first + 3),
                row.isNullAt(first + 4) ? Double.NaN : row.getDouble(first + 4),
                row.getBoolean(first + 5),
                row.getBoolean(first + 6));
    }

    /**
     * Refuses a column that isn't full of numbers.
     *
     * @param rows of the file
     * @throws DataException if values are missing or aren't numbers
     */
    void checkComplete(String file, long rows) {
        if (nulls > 0) {
            throw new DataException("Cannot evaluate " + file + ": column " + column + " has no value in " + nulls
                    + " of " + rows + " rows (expected a number in each)");
        }
        if (unreadable > 0) {
            throw new DataException("Cannot evaluate " + file + ": column " + column + " is no number in " + unreadable
                    + " of " + rows + " rows (for example \"" + example.orElse("") + "\", expected a number in each)");
        }
    }

    boolean isWithin(double low, double high) {
        return least >= low && most <= high;
    }
}
