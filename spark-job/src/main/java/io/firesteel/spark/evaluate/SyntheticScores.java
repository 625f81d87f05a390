package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.metric.set.MetricStates;
import io.firesteel.spark.ingest.InternalRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Rows without a file: scores that are uniform in [0, 1] and the probability of their label, of which the area under the ROC
 * curve is 5/6. For measurements of evaluations that no disk holds up.
 */
public final class SyntheticScores {
    /** Of rows without end. */
    public static final double AUC = 5.0 / 6;

    private static final String UNIFORM = "shiftrightunsigned(xxhash64(id, %d), 11) * 1.1102230246251565E-16D";

    private SyntheticScores() {}

    /**
     * Evaluates rows on the executors.
     *
     * @param rows how many
     * @param metric entry of a {@link MetricSet}
     * @return figures by name: rows, seconds, the value, and what is known of its error
     */
    public static Map<String, Object> measure(SparkSession spark, long rows, String metric) {
        int partitions = 4 * spark.sparkContext().defaultParallelism();
        Dataset<Row> scores = spark.range(0, rows, 1, partitions)
                .select(
                        functions.expr(UNIFORM.formatted(1)).as("p"),
                        functions.expr(UNIFORM.formatted(2)).as("u"))
                .select(functions.col("p"), functions.expr("if(u < p, 1.0D, 0.0D)"));
        RowForm form = new RowForm(1, 1, 0, true, false, false, false, false, PredictionKind.PROBABILITIES);
        long start = System.nanoTime();
        MetricStates states = new MetricFold(List.of(metric), Map.of(), Set.of(), form).fold(InternalRows.of(scores));
        MetricValue value = MetricSet.of(metric).compute(states).values().get(metric);
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("metric", metric);
        figures.put("rows", rows);
        figures.put("partitions", partitions);
        figures.put("rowsPerSecond", rows / seconds);
        figures.put("seconds", seconds);
        value.flatten("value").forEach(figures::put);
        figures.put(
                "stateBytes",
                states.toBytes().values().stream()
                        .mapToLong(bytes -> bytes.length)
                        .sum());
        return figures;
    }
}
