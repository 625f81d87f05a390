package io.firesteel.spark.bench;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Memory for cached rows where tasks run. */
final class StorageMemory {
    /** What may be filled: partitions are never quite alike, and shuffles and broadcasts want some. */
    private static final double SHARE = 0.75;

    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long POLL_NANOS = 50_000_000;

    private StorageMemory() {}

    /**
     * Bytes that rows may take, of all executors together; of the driver in local mode. Waits for executors: in the first seconds of
     * an application there are none, or not all.
     *
     * @param tasks that executors must be able to run at once; after a minute those that are there have to do
     */
    static long bytes(SparkSession spark, int tasks) {
        long start = System.nanoTime();
        while (!isReady(spark.sparkContext(), tasks) && System.nanoTime() - start < PATIENCE_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return bytes(spark);
    }

    /** An executor has tasks first, and memory a second later. */
    private static boolean isReady(SparkContext context, int tasks) {
        return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile()) >= tasks
                && context.getExecutorMemoryStatus().size()
                        > (context.isLocal() ? 0 : context.getExecutorIds().size());
    }

    private static long bytes(SparkSession spark) {
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
