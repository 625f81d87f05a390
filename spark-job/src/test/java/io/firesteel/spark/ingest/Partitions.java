package io.firesteel.spark.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.reflect.ClassTag$;

/** Brings partitions as barrier tasks would see them to a test. */
final class Partitions {
    private Partitions() {}

    static List<List<InternalRow>> collect(RDD<InternalRow> partitions) {
        JavaRDD<InternalRow> rows = new JavaRDD<>(partitions, ClassTag$.MODULE$.apply(InternalRow.class));
        int[] ranks =
                java.util.stream.IntStream.range(0, rows.getNumPartitions()).toArray();
        // Spark hands out one row object again and again.
        List<InternalRow>[] collected = rows.map(InternalRow::copy).collectPartitions(ranks);
        return new ArrayList<>(Arrays.asList(collected));
    }
}
