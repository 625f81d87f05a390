package io.firesteel.spark.evaluate.sorted;

import io.firesteel.spark.ingest.InternalRows;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Pairs (x, y, weight) of a partition in order of x, made rows (y, weight, chunk). */
final class ChunkRows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> pairs;
    private final long firstChunk;
    private final int chunkRows;
    private final UnsafeRow row = InternalRows.ofDoubles(3);
    private long count;

    /** @param firstChunk the number of the partition's first chunk among those of all partitions */
    ChunkRows(Iterator<InternalRow> pairs, long firstChunk, int chunkRows) {
        this.pairs = pairs;
        this.firstChunk = firstChunk;
        this.chunkRows = chunkRows;
    }

    @Override
    public boolean hasNext() {
        return pairs.hasNext();
    }

    @Override
    public InternalRow next() {
        InternalRow pair = pairs.next();
        row.setDouble(0, pair.getDouble(1));
        row.setDouble(1, pair.getDouble(2));
        row.setDouble(2, (double) (firstChunk + count / chunkRows));
        count++;
        return row;
    }
}
