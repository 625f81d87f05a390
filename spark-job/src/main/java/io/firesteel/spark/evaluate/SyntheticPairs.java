package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.spark.ingest.InternalRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows without a file: targets that are uniform in [0, 1], and predictions that are so much larger as another such number is. What their order comes
 * to is known; half of the errors are under 1/2, Kendall's tau is 1/2 by symmetry, and Spearman's rho 7/10 by integration.
 */
public final class SyntheticPairs {
    private static final String UNIFORM = "shiftrightunsigned(xxhash64(id, %d), 11) * 1.1102230246251565E-16D";
    private static final RowForm FORM = new RowForm(1, 1, 0, false, false, false, false, false, PredictionKind.LOGITS);

    private SyntheticPairs() {}

    /**
     * Computes metrics that need rows in order, on the executors, one after the other and exactly.
     *
     * @param rows how many
     * @return of each metric its figures by name: rows, seconds, the value, and the one of rows without end
     */
    public static List<Map<String, Object>> measure(SparkSession spark, long rows) {
        int partitions = 4 * spark.sparkContext().defaultParallelism();
        Dataset<Row> pairs = spark.range(0, rows, 1, partitions)
                .selectExpr(
                        "%s + %s as prediction".formatted(UNIFORM.formatted(1), UNIFORM.formatted(2)),
                        "%s as target".formatted(UNIFORM.formatted(1)));
        EvaluatedRows evaluated = new EvaluatedRows(spark, InternalRows.of(pairs), FORM);
        Map<String, Double> expected = new LinkedHashMap<>();
        expected.put("medianAbsoluteError", 0.5);
        expected.put("spearman", 0.7);
        expected.put("kendall", 0.5);
        List<Map<String, Object>> figures = new ArrayList<>();
        expected.forEach((metric, value) -> {
            Map<String, Object> measured = measure(evaluated, rows, metric);
            measured.put("expected", value);
            figures.add(measured);
        });
        return figures;
    }

    private static Map<String, Object> measure(EvaluatedRows evaluated, long rows, String metric) {
        long start = System.nanoTime();
        ExactResults results = new ExactResults(MetricSet.of(metric));
        new ExactErrors(evaluated).addTo(results);
        new ExactRanks(evaluated).addTo(results);
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("metric", metric);
        figures.put("rows", rows);
        figures.put("partitions", evaluated.selected().getNumPartitions());
        figures.put("rowsPerSecond", rows / seconds);
        figures.put("seconds", seconds);
        figures.put("value", results.found().values().get(metric).number());
        return figures;
    }
}
