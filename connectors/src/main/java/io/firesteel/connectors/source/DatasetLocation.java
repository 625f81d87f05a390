package io.firesteel.connectors.source;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.connectors.hadoop.FailureReason;
import io.firesteel.connectors.hadoop.RetryBudget;
import io.firesteel.engine.data.DataException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;

/**
 * Rows at rest: what to read, and how. Where storage fails in a way that passes, it is asked again within the budget of {@link
 * RetryBudget}.
 *
 * @param format name of a Spark source: csv, json, parquet, orc, libsvm, …
 * @param paths Hadoop paths or URIs, globs allowed; none for sources that take their place from an option
 * @param options the source's options
 * @param derive columns to add, each with the SQL that makes it, in their order: one may use those before it
 * @param where SQL that a row must meet; empty for every row
 */
public record DatasetLocation(
        String format,
        List<String> paths,
        Map<String, String> options,
        Map<String, String> derive,
        Optional<String> where) {
    public DatasetLocation {
        paths = List.copyOf(paths);
        options = Map.copyOf(new TreeMap<>(options));
        derive = Collections.unmodifiableMap(new LinkedHashMap<>(derive));
        if (format.isBlank()) {
            throw new IllegalArgumentException("Invalid format: blank (must name a Spark source)");
        }
    }

    /** A location whose rows are taken as they are. */
    public DatasetLocation(String format, List<String> paths, Map<String, String> options, Optional<String> where) {
        this(format, paths, options, Map.of(), where);
    }

    /**
     * Opens the location; its rows are read later, by the executors.
     *
     * @throws DataException if nothing is there, or it isn't what the format says, or {@code derive} or {@code where} doesn't fit it
     * @throws IllegalArgumentException if there is no such format, or {@code derive} or {@code where} isn't SQL
     */
    public Dataset<Row> open(SparkSession spark) {
        Dataset<Row> rows = new DerivedColumns(derive).addTo(load(spark), describe());
        return where.isEmpty() ? rows : filter(rows, where.get());
    }

    /** The paths, as messages name them. */
    public String describe() {
        return String.join(", ", paths);
    }

    private Dataset<Row> load(SparkSession spark) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        try {
            return RetryBudget.start(hadoop)
                    .callForeign(
                            () -> spark.read().format(format).options(options).load(paths.toArray(String[]::new)));
        } catch (Exception e) {
            if (isCondition(e, "DATA_SOURCE_NOT_FOUND")) {
                throw new IllegalArgumentException(
                        "Invalid data.format: " + format
                                + " (must be a Spark source on the class path, such as csv, json, parquet, orc or libsvm)",
                        e);
            }
            // Spark's Scala methods throw AnalysisException undeclared; sources throw what their file systems throw.
            String why = ofStorage(e, hadoop).orElseGet(() -> reason(e));
            throw new DataException("Cannot read " + describe() + " as " + format + ": " + why, e);
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

    private Optional<String> ofStorage(Exception e, Configuration hadoop) {
        Optional<String> known = FailureReason.find(e);
        boolean absent = isCondition(e, "PATH_NOT_FOUND");
        boolean denied = known.isPresent() && !FailureReason.isOfStorage(e);
        return absent || denied ? ofStore(e, hadoop).or(() -> known) : known;
    }

    /** A store that is asked for a file says no more than that there is none, or that it's denied. */
    private Optional<String> ofStore(Exception e, Configuration hadoop) {
        Optional<String> path = e instanceof AnalysisException analysis
                ? Optional.ofNullable(analysis.getMessageParameters().get("path"))
                : paths.stream().findFirst();
        try {
            path.ifPresent(at -> ArtifactDirectory.of(at, hadoop).checkReachable());
            return Optional.empty();
        } catch (ArtifactException ofStore) {
            return FailureReason.find(ofStore);
        }
    }

    private String reason(Exception e) {
        if (e instanceof AnalysisException analysis && isCondition(e, "PATH_NOT_FOUND")) {
            String which = paths.size() == 1
                    ? ""
                    : " (" + analysis.getMessageParameters().get("path") + ")";
            return "no such file or directory" + which;
        }
        if (isCondition(e, "UNABLE_TO_INFER_SCHEMA")) {
            return "no file with rows is there, so its columns aren't known";
        }
        return firstSentence(e instanceof AnalysisException ? e : rootOf(e));
    }

    /** A job that Spark ran to learn the columns wraps what went wrong several times. */
    static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static boolean isCondition(Exception e, String condition) {
        return e instanceof SparkThrowable known && condition.equals(known.getCondition());
    }

    /** Spark appends plans and SQL positions after the first line, and its error class in front. */
    static String firstSentence(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage().strip();
        String line = message.lines().findFirst().orElse(message);
        String plain = line.replaceFirst("^\\[[A-Z0-9_.]+] ", "")
                .replaceFirst("( SQLSTATE: \\w+)?( \\(line \\d+, pos \\d+\\))?(;.*)?$", "");
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
