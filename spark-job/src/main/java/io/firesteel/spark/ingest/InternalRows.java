package io.firesteel.spark.ingest;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The way between Spark's SQL, which sorts, and loops over primitives. */
public final class InternalRows {
    private InternalRows() {}

    /**
     * The rows of a query, without objects of their own: an iterator may hand out one object again and again. A query that shuffles has
     * done so when this returns, and however often the result is read, it doesn't again.
     */
    public static JavaRDD<InternalRow> of(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    /** Rows of float64 columns, none of them null, for SQL. */
    public static Dataset<Row> toDataset(SparkSession spark, JavaRDD<InternalRow> rows, String... columns) {
        StructType schema = new StructType();
        for (String column : columns) {
            schema = schema.add(column, DataTypes.DoubleType, false);
        }
        return ((org.apache.spark.sql.classic.SparkSession) spark).internalCreateDataFrame(rows.rdd(), schema, false);
    }

    /** A row of float64 columns to be set. */
    public static UnsafeRow ofDoubles(int columns) {
        int bytes = UnsafeRow.calculateBitSetWidthInBytes(columns) + columns * Double.BYTES;
        UnsafeRow row = new UnsafeRow(columns);
        row.pointTo(new byte[bytes], bytes);
        return row;
    }
}
