package io.firesteel.spark.bench;

import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Memory for cached rows where tasks run. */
final class StorageMemory {
    /** What may be filled: partitions are never quite alike, and shuffles and broadcasts want some. */
    private static final double SHARE = 0.75;

    private StorageMemory() {}

    /** Bytes that rows may take, of all executors together; of the driver in local mode. */
    static long bytes(SparkSession spark) {
        String driver = SparkEnv.get().blockManager().blockManagerId().hostPort();
        Map<String, Tuple2<Object, Object>> all =
                CollectionConverters.asJava(spark.sparkContext().getExecutorMemoryStatus());
        long total = all.entrySet().stream()
                .filter(process -> all.size() == 1 || !process.getKey().equals(driver))
                .mapToLong(process -> (long) process.getValue()._1())
                .sum();
        return (long) (total * SHARE);
    }
}
