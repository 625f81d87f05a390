package io.firesteel.spark.evaluate.sorted;

import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.spark.ingest.InternalRows;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * How many pairs of rows two numbers order alike, for Kendall's rank correlation of any number of rows, as the metric {@code kendall}
 * defines it. Spark sorts the rows by x and cuts them into chunks; pairs within a chunk are counted by merging. Then Spark sorts by y, and walking
 * up counts the pairs between chunks. Pairs are counted exactly up to 2^106.
 *
 * <p>Two sorts, five passes. A task holds one chunk of {@value #CHUNK_ROWS} rows, 8 MiB, and a few numbers for each chunk; the driver one
 * number for each chunk and partition, 6 MB for a billion rows in 200 partitions.
 *
 * @param difference the weight of pairs that x and y order alike, less that of pairs which they order differently
 * @param all the weight of all pairs, twice, and of each row with itself
 * @param inX the same of rows that are equal in x
 * @param inY the same of rows that are equal in y
 * @param valuesOfX how many different ones there are
 * @param valuesOfY likewise
 */
public record PairOrder(double difference, double all, double inX, double inY, long valuesOfX, long valuesOfY) {
    static final int CHUNK_ROWS = 1 << 18;

    /**
     * Counts.
     *
     * @param metric for messages
     * @param pairs rows of x, y, neither -0, and a weight &gt; 0
     * @throws NotComputableException if there are no pairs, one has a NaN, or all x or all y are the same
     */
    public static PairOrder of(String metric, Dataset<Row> pairs) {
        return of(metric, pairs, CHUNK_ROWS);
    }

    static PairOrder of(String metric, Dataset<Row> pairs, int chunkRows) {
        String x = pairs.columns()[0];
        // With the weight in the order too, rows that change places between two passes are equal, and so are their
        // chunks.
        JavaRDD<InternalRow> byX = InternalRows.of(pairs.repartitionByRange(functions.col(x))
                .sortWithinPartitions(x, pairs.columns()[1], pairs.columns()[2]));
        List<ChunkedPairs> ofX =
                byX.mapPartitions(rows -> ChunkedPairs.of(rows, chunkRows)).collect();
        UnorderedPairs.check(
                metric, ofX.stream().mapToLong(ChunkedPairs::missing).sum());
        long[] firstChunks = firstChunks(ofX);
        int chunks = Math.toIntExact(firstChunks[ofX.size()]);
        JavaRDD<InternalRow> chunked =
                byX.mapPartitionsWithIndex((index, rows) -> new ChunkRows(rows, firstChunks[index], chunkRows), false);
        List<ChunkOrder> ofY = InternalRows.of(
                        InternalRows.toDataset(pairs.sparkSession(), chunked, "y", "weight", "chunk")
                                .orderBy("y"))
                .mapPartitions(rows -> ChunkOrder.of(rows, chunks))
                .collect();
        PairOrder order = of(ofX, ofY, chunks);
        UnorderedPairs.checkVaried(metric, order.valuesOfX, order.valuesOfY);
        return order;
    }

    private static long[] firstChunks(List<ChunkedPairs> parts) {
        long[] first = new long[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            first[i + 1] = first[i] + parts.get(i).chunks();
        }
        return first;
    }

    private static PairOrder of(List<ChunkedPairs> ofX, List<ChunkOrder> ofY, int chunks) {
        PreciseSum weight = new PreciseSum();
        PreciseSum inX = new PreciseSum();
        PreciseSum inBoth = new PreciseSum();
        PreciseSum inverted = ChunkOrder.inverted(ofY, chunks);
        for (ChunkedPairs part : ofX) {
            weight.add(part.weight());
            inX.add(part.inX().squares());
            inBoth.add(part.inBoth().squares());
            inverted.add(part.inverted());
        }
        PreciseSum inY = new PreciseSum();
        ofY.forEach(part -> inY.add(part.ties().squares()));
        PreciseSum all = weight.times(weight.value());
        PreciseSum twice = all.minus(inX).minus(inY).minus(inBoth.times(-1)).minus(inverted.times(4));
        return new PairOrder(
                twice.value() / 2,
                all.value(),
                inX.value(),
                inY.value(),
                ofX.stream().mapToLong(part -> part.inX().values()).sum(),
                ofY.stream().mapToLong(part -> part.ties().values()).sum());
    }

    /** The difference over what it could be, were there no ties in the one or in the other number; in [-1, 1]. */
    public double tauB() {
        return clipped(difference / Math.sqrt((all - inX) / 2) / Math.sqrt((all - inY) / 2));
    }

    /** The same for tables that aren't square; in [-1, 1]. */
    public double tauC() {
        double values = Math.min(valuesOfX, valuesOfY);
        return clipped(2 * difference / all * values / (values - 1));
    }

    private static double clipped(double tau) {
        return Math.max(-1, Math.min(1, tau));
    }
}
