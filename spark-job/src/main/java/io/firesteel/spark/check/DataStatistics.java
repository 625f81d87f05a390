package io.firesteel.spark.check;

import io.firesteel.connectors.source.SparkReading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What the rows of a training look like: a version's {@code statistics.json}, against which later rows are checked. The same rows have
 * equal statistics, however they are partitioned and ordered: sums are exact, and bins depend on the numbers alone ({@link
 * NumberBins}).
 *
 * @param rows how many
 * @param schema all columns of the data, with Spark's names of their types
 * @param columns those that statistics are made of
 */
public record DataStatistics(long rows, Map<String, String> schema, List<ColumnStatistics> columns) {
    public DataStatistics {
        schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
        columns = List.copyOf(columns);
        if (rows < 0) {
            throw new IllegalArgumentException("Invalid rows: " + rows + " (must be 0 or more)");
        }
    }

    /**
     * Reads all rows once, and once more for each column of text with more than {@value TextState#MOST_TEXTS} different values.
     *
     * @param data the rows, after derived columns and {@code where}
     * @param columns of these rows
     * @throws io.firesteel.engine.data.DataException if they can't be read
     */
    public static DataStatistics of(Dataset<Row> data, List<UsedColumn> columns) {
        return SparkReading.of(() -> read(data, columns));
    }

    private static DataStatistics read(Dataset<Row> data, List<UsedColumn> columns) {
        StructType schema = data.schema();
        List<ColumnReader> readers = new ArrayList<>();
        List<Column> selected = new ArrayList<>();
        for (UsedColumn column : columns) {
            StructField field = schema.apply(column.name());
            ColumnReader reader = ColumnReader.of(column.role(), field.dataType());
            readers.add(reader);
            selected.add(reader.select(column.name(), field.dataType()));
        }
        Dataset<Row> values = data.select(selected.toArray(Column[]::new));
        StatisticsPass.Counted counted = new StatisticsPass(readers).over(values);
        List<ColumnStatistics> statistics = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String type = schema.apply(columns.get(i).name()).dataType().catalogString();
            Column value = selected.get(i);
            statistics.add(of(columns.get(i), type, readers.get(i), counted.state(i), () -> data.select(value)));
        }
        return new DataStatistics(counted.rows(), types(schema), statistics);
    }

    private static ColumnStatistics of(
            UsedColumn column, String type, ColumnReader reader, ColumnState state, Supplier<Dataset<Row>> values) {
        if (state instanceof NumberState numbers) {
            return new ColumnStatistics(
                    column.name(),
                    column.role(),
                    type,
                    numbers.values(),
                    numbers.nulls(),
                    Optional.of(numbers.summary()),
                    Optional.empty());
        }
        TextState texts = (TextState) state;
        Optional<CategorySummary> categories = reader == ColumnReader.PRESENCE
                ? Optional.empty()
                : Optional.of(texts.hasTooMany() ? counted(values.get(), texts.values()) : texts.summary());
        return new ColumnStatistics(
                column.name(), column.role(), type, texts.values(), texts.nulls(), Optional.empty(), categories);
    }

    /** By Spark's own means, which spill to disk. */
    private static CategorySummary counted(Dataset<Row> texts, long values) {
        Dataset<Row> groups =
                texts.toDF("text").where("text is not null").groupBy("text").count();
        Map<String, Long> frequent = new LinkedHashMap<>();
        groups.orderBy(functions.desc("count"), functions.asc("text"))
                .takeAsList(CategorySummary.MOST)
                .forEach(row -> frequent.put(row.getString(0), row.getLong(1)));
        long counted = frequent.values().stream().mapToLong(Long::longValue).sum();
        return new CategorySummary(groups.count(), frequent, values - counted);
    }

    /** Names and types of the columns of some rows, as {@link #schema} has them. */
    static Map<String, String> types(StructType schema) {
        Map<String, String> types = new LinkedHashMap<>();
        for (StructField field : schema.fields()) {
            types.put(field.name(), field.dataType().catalogString());
        }
        return types;
    }

    /** The statistics of a column. */
    public Optional<ColumnStatistics> find(String column) {
        return columns.stream().filter(found -> found.name().equals(column)).findFirst();
    }

    /** The bytes of {@code statistics.json}, in the schema {@code firesteel.statistics/1}. */
    public byte[] toJson() {
        return StatisticsJson.write(this);
    }

    /**
     * What {@link #toJson} has written.
     *
     * @throws IllegalArgumentException if it isn't that
     */
    public static DataStatistics parse(byte[] json) {
        return StatisticsJson.read(json);
    }
}
