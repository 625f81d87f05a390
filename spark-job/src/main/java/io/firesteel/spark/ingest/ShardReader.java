package io.firesteel.spark.ingest;

import io.firesteel.engine.data.ShardStore;
import io.firesteel.engine.train.HostedShard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Decodes the rows of one barrier task into the stores of the shards that it hosts: once, whatever the number of epochs.
 * The memory budget is for all of them together; what goes beyond it lies in files on the executor's local disk.
 */
public final class ShardReader {
    private final RowDecoder decoder;
    private final Path spillDirectory;
    private long memoryBytes;

    /**
     * @param decoder of the rows
     * @param spillDirectory on a local disk
     * @param memoryBytes heap that all stores together may take
     */
    public ShardReader(RowDecoder decoder, Path spillDirectory, long memoryBytes) {
        this.decoder = decoder;
        this.spillDirectory = spillDirectory;
        this.memoryBytes = memoryBytes;
    }

    /**
     * Reads all rows.
     *
     * @param rows of this task, ordered by shard and split
     * @param shards the shards that this task hosts, ascending; those without rows get empty stores
     * @return one per shard, in order; the caller closes them
     * @throws io.firesteel.engine.data.DataException if a value can't be used
     */
    public List<HostedShard> read(Iterator<InternalRow> rows, List<Integer> shards) {
        List<HostedShard> hosted = new ArrayList<>();
        try {
            Cursor cursor = new Cursor(rows);
            for (int shard : shards) {
                ShardStore training = store(cursor, shard, Split.TRAINING);
                ShardStore validation = storeAfter(training, cursor, shard);
                hosted.add(new HostedShard(shard, training, validation));
            }
            cursor.checkEnd(shards);
            return hosted;
        } catch (RuntimeException | Error e) {
            hosted.forEach(HostedShard::close);
            throw e;
        }
    }

    private ShardStore storeAfter(ShardStore training, Cursor cursor, int shard) {
        try {
            return store(cursor, shard, Split.VALIDATION);
        } catch (RuntimeException | Error e) {
            training.close();
            throw e;
        }
    }

    private ShardStore store(Cursor cursor, int shard, Split split) {
        try (ShardStore.Writer writer = ShardStore.open(decoder.layout(), spillDirectory, memoryBytes)) {
            while (cursor.isAt(shard, split)) {
                decoder.decode(cursor.row, writer.next());
                cursor.advance();
            }
            ShardStore store = writer.finish();
            memoryBytes = Math.max(0, memoryBytes - store.memoryBytes());
            return store;
        }
    }

    /** Spark's iterator with a look at the next row; it hands out one object again and again. */
    private static final class Cursor {
        private final Iterator<InternalRow> rows;
        private InternalRow row;

        Cursor(Iterator<InternalRow> rows) {
            this.rows = rows;
            advance();
        }

        boolean isAt(int shard, Split split) {
            return row != null
                    && row.getInt(RowSchema.SHARD) == shard
                    && Split.of(row.getInt(RowSchema.SPLIT)) == split;
        }

        void advance() {
            row = rows.hasNext() ? rows.next() : null;
        }

        void checkEnd(List<Integer> shards) {
            if (row != null) {
                throw new IllegalStateException("Cannot read shards " + shards + ": a row of shard "
                        + row.getInt(RowSchema.SHARD) + " came out of order or to the wrong task");
            }
        }
    }
}
