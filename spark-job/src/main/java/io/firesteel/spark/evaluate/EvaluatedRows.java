package io.firesteel.spark.evaluate;

import io.firesteel.spark.ingest.InternalRows;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * All rows of an evaluation, some of which weigh something.
 *
 * @param selected in the order of the form
 */
record EvaluatedRows(SparkSession spark, JavaRDD<InternalRow> selected, RowForm form) {
    /** Numbers made of the rows that weigh something, as columns of these names. */
    Dataset<Row> derived(RowReader reader, String... columns) {
        RowForm read = form;
        int count = columns.length;
        return InternalRows.toDataset(
                spark, selected.mapPartitions(rows -> new DerivedRows(rows, read, reader, count), false), columns);
    }

    /** Prediction, target, weight. */
    Dataset<Row> pairs() {
        return derived(RowReader.ofPair(), "prediction", "target", "weight");
    }
}
