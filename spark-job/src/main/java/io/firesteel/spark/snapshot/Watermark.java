package io.firesteel.spark.snapshot;

import io.firesteel.engine.data.DataException;
import io.firesteel.spark.ingest.DatasetColumns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** The largest value of a column, as text that Spark reads back, and the rows above an earlier one. */
final class Watermark {
    private final Dataset<Row> rows;
    private final String column;
    private final DataType type;

    Watermark(Dataset<Row> rows, String column) {
        if (!Arrays.asList(rows.columns()).contains(column)) {
            throw new DataException("Cannot find new data by column " + column + ": the data has the columns "
                    + String.join(", ", rows.columns()) + " (see retrain.newData.column)");
        }
        this.rows = rows;
        this.column = column;
        this.type = rows.schema().apply(column).dataType();
        boolean ordered = type instanceof NumericType
                || type instanceof StringType
                || type instanceof DateType
                || type instanceof TimestampType
                || type instanceof TimestampNTZType;
        if (!ordered) {
            throw new DataException("Cannot find new data by column " + column + ": it is " + type.simpleString()
                    + " (expected a number, text, date or time; see retrain.newData.column)");
        }
    }

    NewData since(Optional<String> last) {
        Column value = value();
        Column before = last.map(this::earlier).orElse(functions.lit(null).cast(type));
        Row found = rows.agg(text(functions.max(value)), functions.count_if(value.gt(before)), functions.count(value))
                .first();
        Optional<String> largest = found.isNullAt(0)
                ? Optional.empty()
                : Optional.of(type instanceof TimestampType ? time(found.getLong(0)) : found.getString(0));
        return last.isEmpty() ? first(largest, found.getLong(2)) : above(last.get(), largest, found.getLong(1));
    }

    private NewData first(Optional<String> largest, long valued) {
        String text = largest.map(value -> "There is no earlier success, so all is new: " + rows(valued, "row", "rows")
                        + " up to " + column + " " + value)
                .orElse("Nothing is new: no row has a value of " + column);
        return new NewData(largest.isPresent(), text, 0, valued, largest);
    }

    private NewData above(String last, Optional<String> largest, long newer) {
        if (newer == 0) {
            return new NewData(
                    false,
                    "Nothing is new: no row has a " + column + " above " + last + ", the largest of the last success",
                    0,
                    0,
                    Optional.of(last));
        }
        String text = rows(newer, "row has", "rows have") + " a " + column + " above " + last
                + ", the largest of the last success, up to " + largest.orElseThrow();
        return new NewData(true, text, 0, newer, largest);
    }

    /** NaN is above all numbers, and would be for ever. */
    private Column value() {
        Column raw = DatasetColumns.column(column);
        return type instanceof DoubleType || type instanceof FloatType
                ? functions.when(functions.not(functions.isnan(raw)), raw)
                : raw;
    }

    /** Text of a time depends on the session's time zone; a count of microseconds doesn't. */
    private Column text(Column largest) {
        return type instanceof TimestampType ? functions.unix_micros(largest) : largest.cast(DataTypes.StringType);
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    private Column earlier(String last) {
        Column value = functions.lit(last).try_cast(type);
        Row read = rows.sparkSession().range(1).select(value.isNotNull()).first();
        if (!read.getBoolean(0)) {
            throw new DataException("Cannot find new data by column " + column + ": it is " + type.simpleString()
                    + ", and the watermark of the last success is no such value (" + last
                    + "; restore the column's type, or train once with retrain.newData left out)");
        }
        return value;
    }

    private static String rows(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }
}
