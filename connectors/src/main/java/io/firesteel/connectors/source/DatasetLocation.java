package io.firesteel.connectors.source;

import io.firesteel.engine.data.DataException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;

/**
 * Rows at rest: what to read, and how.
 *
 * @param format name of a Spark source: csv, json, parquet, orc, libsvm, …
 * @param paths Hadoop paths or URIs, globs allowed; none for sources that take their place from an option
 * @param options the source's options
 * @param where SQL that a row must meet; empty for every row
 */
public record DatasetLocation(String format, List<String> paths, Map<String, String> options, Optional<String> where) {
    public DatasetLocation {
        paths = List.copyOf(paths);
        options = Map.copyOf(new TreeMap<>(options));
        if (format.isBlank()) {
            throw new IllegalArgumentException("Invalid format: blank (must name a Spark source)");
        }
    }

    /**
     * Opens the location; its rows are read later, by the executors.
     *
     * @throws DataException if nothing is there, or it isn't what the format says, or {@code where} doesn't fit it
     */
    public Dataset<Row> open(SparkSession spark) {
        Dataset<Row> rows = load(spark);
        return where.isEmpty() ? rows : filter(rows, where.get());
    }

    /** The paths, as messages name them. */
    public String describe() {
        return String.join(", ", paths);
    }

    private Dataset<Row> load(SparkSession spark) {
        try {
            return spark.read().format(format).options(options).load(paths.toArray(String[]::new));
        } catch (Exception e) {
            // Spark's Scala methods throw AnalysisException undeclared; sources throw what their file systems throw.
            throw new DataException("Cannot read " + describe() + " as " + format + ": " + reason(e), e);
        }
    }

    private Dataset<Row> filter(Dataset<Row> rows, String condition) {
        try {
            return rows.where(condition);
        } catch (Exception e) {
            if (e instanceof ParseException) {
                throw new IllegalArgumentException(
                        "Invalid data.where: " + condition + " (must be an SQL condition: " + reason(e) + ")", e);
            }
            throw new DataException(
                    "Cannot filter " + describe() + " by data.where " + condition + ": " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        if (e instanceof AnalysisException analysis && "PATH_NOT_FOUND".equals(analysis.getCondition())) {
            return "no such file or directory";
        }
        if (e instanceof AnalysisException analysis && "UNABLE_TO_INFER_SCHEMA".equals(analysis.getCondition())) {
            return "no file with rows is there, so its columns aren't known";
        }
        return firstSentence(e);
    }

    /** Spark appends plans and SQL positions after the first line, and its error class in front. */
    private static String firstSentence(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        String line = message.lines().findFirst().orElse(message).strip();
        String plain = line.replaceFirst("^\\[[A-Z0-9_.]+] ", "").replaceFirst("( SQLSTATE: \\w+)?(;.*)?$", "");
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
