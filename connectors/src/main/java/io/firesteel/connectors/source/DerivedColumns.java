package io.firesteel.connectors.source;

import io.firesteel.engine.data.DataException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.functions;

/**
 * Columns that are made of others.
 *
 * @param columns the SQL that makes each, by name, in their order: one may use those before it, or take the place of one
 */
public record DerivedColumns(Map<String, String> columns) {
    public DerivedColumns {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /**
     * The rows with the columns.
     *
     * @param dataset how messages name the rows
     * @throws DataException if an expression doesn't fit the rows
     * @throws IllegalArgumentException if one isn't SQL
     */
    public Dataset<Row> addTo(Dataset<Row> rows, String dataset) {
        Dataset<Row> wider = rows;
        for (Map.Entry<String, String> column : columns.entrySet()) {
            wider = add(wider, dataset, column.getKey(), column.getValue());
        }
        return wider;
    }

    private static Dataset<Row> add(Dataset<Row> rows, String dataset, String name, String sql) {
        try {
            return rows.withColumn(name, functions.expr(sql));
        } catch (Exception e) {
            // Spark's Scala methods throw AnalysisException undeclared.
            String reason = DatasetLocation.firstSentence(e);
            if (e instanceof ParseException) {
                throw new IllegalArgumentException(
                        "Invalid data.derive." + name + ": " + sql + " (must be an SQL expression: " + reason + ")", e);
            }
            throw new DataException(
                    "Cannot derive column " + name + " of " + dataset + " as " + sql + ": " + reason, e);
        }
    }
}
