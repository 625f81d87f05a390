package io.firesteel.spark.evaluate.sorted;

import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.spark.ingest.InternalRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Spearman's rank correlation of any number of pairs, as the metric {@code spearman} defines it: Spark sorts them by the one
 * number, each gets its rank, Spark sorts them by the other, and the ranks' products are summed while walking. Two sorts, five passes, and a
 * buffer of {@value #BUFFERED} rows a task.
 */
public final class RankCorrelation {
    private static final int BUFFERED = 1 << 16;

    private RankCorrelation() {}

    /**
     * Correlates.
     *
     * @param metric for messages
     * @param pairs rows of x, y, neither -0, and a weight &gt; 0
     * @return in [-1, 1]
     * @throws NotComputableException if there are no pairs, one has a NaN, or all x or all y are the same
     */
    public static double of(String metric, Dataset<Row> pairs) {
        return of(metric, pairs, BUFFERED);
    }

    static double of(String metric, Dataset<Row> pairs, int buffered) {
        JavaRDD<InternalRow> byY = InternalRows.of(pairs.orderBy(pairs.columns()[1]));
        List<RankSums> ofY =
                byY.mapPartitions(rows -> RankSums.of(rows, 1, 2, buffered)).collect();
        UnorderedPairs.check(metric, ofY.stream().mapToLong(RankSums::missing).sum());
        double[] shifts = RankSums.shifts(ofY);
        List<Map<Double, Double>> longRuns = new ArrayList<>();
        ofY.forEach(part -> longRuns.add(part.longRuns()));
        JavaRDD<InternalRow> ranked = byY.mapPartitionsWithIndex(
                (index, rows) -> new RankedRows(rows, shifts[index], longRuns.get(index), buffered), false);
        Dataset<Row> rankedRows = InternalRows.toDataset(pairs.sparkSession(), ranked, "x", "weight", "rank");
        List<RankSums> ofX = InternalRows.of(rankedRows.orderBy("x"))
                .mapPartitions(RankSums::withOthers)
                .collect();
        UnorderedPairs.checkVaried(metric, values(ofX), values(ofY));
        double r = RankSums.products(ofX) / Math.sqrt(RankSums.squares(ofX)) / Math.sqrt(RankSums.squares(ofY));
        return Math.max(-1, Math.min(1, r));
    }

    private static long values(List<RankSums> parts) {
        return parts.stream().mapToLong(RankSums::values).sum();
    }
}
