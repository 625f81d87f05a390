package io.firesteel.spark;

import io.firesteel.spark.evaluate.SyntheticPairs;
import io.firesteel.spark.evaluate.SyntheticScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** Measures a metric over rows that executors make up. */
public final class DistributedMetrics {
    private DistributedMetrics() {}

    /**
     * The area under the ROC curve of so many rows.
     *
     * @param master Spark's; empty for the one that is set
     * @return figures by name
     * @throws RunException if Spark can't be started
     */
    public static Map<String, Object> auc(long rows, Optional<String> master) {
        return SparkSessions.with("bench metrics", master, spark -> auc(rows, spark));
    }

    private static Map<String, Object> auc(long rows, SparkSession spark) {
        Map<String, Object> figures = new LinkedHashMap<>(SyntheticScores.measure(spark, rows, "rocAuc"));
        figures.put("expected", SyntheticScores.AUC);
        return withPlace(figures, spark.sparkContext());
    }

    /**
     * Metrics that need so many rows in order, each computed exactly.
     *
     * @param master Spark's; empty for the one that is set
     * @return figures by name, of each metric
     * @throws RunException if Spark can't be started
     */
    public static List<Map<String, Object>> exact(long rows, Optional<String> master) {
        return SparkSessions.with(
                "bench metrics",
                master,
                spark -> SyntheticPairs.measure(spark, rows).stream()
                        .map(figures -> withPlace(figures, spark.sparkContext()))
                        .toList());
    }

    private static Map<String, Object> withPlace(Map<String, Object> figures, SparkContext context) {
        figures.put("master", context.master());
        figures.put("executorMemory", context.conf().get("spark.executor.memory", "1g"));
        figures.put("driverHeapBytes", Runtime.getRuntime().maxMemory());
        return figures;
    }
}
