package io.firesteel.engine.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rows of one logical shard, decoded once and read in every epoch: on the heap up to a budget, what is more in a
 * memory-mapped file on a local disk, so that memory doesn't grow with the data. A row is found directly by its number, which
 * is the order of writing.
 *
 * <p>Written by one thread through {@link #open}, then read by any number of threads at once. Who opens it closes it, after the
 * last reader; a read after that is an error and never a crash. The spill file has no name while it is open, so that nothing
 * is left on the disk however the process ends.
 */
public final class ShardStore implements AutoCloseable {
    /** Large enough for few objects per gigabyte, small enough to waste little in the last one. */
    private static final int CHUNK_BYTES = 8 << 20;

    private final RowLayout layout;
    private final int rowBytes;
    private final int hashOffset;
    private final int chunkShift;
    private final long rows;
    private final Ledger ledger;
    private final long memoryBytes;
    private final SpillFile spill; // null where everything is in memory
    private volatile List<ByteBuffer> chunks; // null once closed

    private ShardStore(Writer writer, List<ByteBuffer> chunks) {
        this.layout = writer.layout;
        this.rowBytes = writer.rowBytes;
        this.hashOffset = writer.hashOffset;
        this.chunkShift = Integer.numberOfTrailingZeros(writer.chunkRows);
        this.rows = writer.rows;
        this.ledger = writer.counter.ledger();
        this.memoryBytes = writer.memory.bytes();
        this.spill = writer.spill;
        this.chunks = chunks;
    }

    /**
     * Starts a store.
     *
     * @param layout of every row
     * @param spillDirectory an existing directory on a local disk; touched only when memory is used up
     * @param memoryBytes the most heap that the rows may take, &gt;= 0; 0 spills every row
     */
    public static Writer open(RowLayout layout, Path spillDirectory, long memoryBytes) {
        return open(layout, spillDirectory, memoryBytes, CHUNK_BYTES);
    }

    static Writer open(RowLayout layout, Path spillDirectory, long memoryBytes, int chunkBytes) {
        if (memoryBytes < 0) {
            throw new IllegalArgumentException("Invalid memoryBytes: " + memoryBytes + " (must be >= 0)");
        }
        return new Writer(layout, spillDirectory, memoryBytes, chunkBytes);
    }

    /** How a row's bytes are arranged. */
    public RowLayout layout() {
        return layout;
    }

    /** How many rows there are. */
    public long rows() {
        return rows;
    }

    /** The ledger of every row used once: what an epoch over this shard must come to. */
    public Ledger ledger() {
        return ledger;
    }

    /** Heap that the rows take. */
    public long memoryBytes() {
        return memoryBytes;
    }

    /** Bytes of the rows that lie in the spill file. */
    public long spilledBytes() {
        return spill == null ? 0 : spill.bytes();
    }

    /**
     * Copies bytes of one row.
     *
     * @param row number of the row, in [0, {@link #rows})
     * @param rowOffset byte offset in the row, from the layout
     * @param length bytes to copy
     * @param target where to; its position and limit are not moved
     * @param targetOffset byte index in the target
     * @throws IndexOutOfBoundsException if there is no such row, or the bytes don't lie in the target
     * @throws IllegalStateException if the store is closed
     */
    public void copy(long row, int rowOffset, int length, ByteBuffer target, int targetOffset) {
        Objects.checkFromIndexSize(rowOffset, length, rowBytes);
        target.put(targetOffset, chunkOf(row), start(row) + rowOffset, length);
    }

    /** The hash of one row; throws as {@link #copy}. */
    public long hash(long row) {
        return chunkOf(row).getLong(start(row) + hashOffset);
    }

    /** Gives memory and disk space back. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        List<ByteBuffer> open = chunks;
        chunks = null;
        if (open != null && spill != null) {
            spill.close();
        }
    }

    private ByteBuffer chunkOf(long row) {
        Objects.checkIndex(row, rows);
        List<ByteBuffer> open = chunks;
        if (open == null) {
            throw new IllegalStateException("Cannot read row " + row + ": the shard store is closed");
        }
        return open.get((int) (row >>> chunkShift));
    }

    private int start(long row) {
        return ((int) row & ((1 << chunkShift) - 1)) * rowBytes;
    }

    /**
     * Takes the rows of a shard in their order. Used by one thread. Closed by who opened it; closing after {@link #finish}
     * does nothing, closing before that drops the rows.
     */
    public static final class Writer implements AutoCloseable {
        private final RowLayout layout;
        private final Path spillDirectory;
        private final int rowBytes;
        private final int hashOffset;
        private final int chunkRows;
        private final MemoryChunks memory;
        private final LedgerCounter counter = new LedgerCounter();
        private SpillFile spill;
        private ByteBuffer current;
        private long rows;
        private boolean open = true;

        private Writer(RowLayout layout, Path spillDirectory, long memoryBytes, int chunkBytes) {
            this.layout = layout;
            this.spillDirectory = spillDirectory;
            this.rowBytes = layout.bytes();
            this.hashOffset = layout.hashOffset();
            // A power of two, so that a row is found by a shift.
            this.chunkRows = Integer.highestOneBit(Math.max(1, chunkBytes / rowBytes));
            this.memory = new MemoryChunks(rowBytes, chunkRows, memoryBytes);
        }

        /**
         * The next row: a view in native order with index 0 at the row's first byte. The caller puts every field that the
         * layout names, the hash too, at absolute offsets, before the next call to this writer; what lay there before is
         * unspecified.
         *
         * @throws java.io.UncheckedIOException if rows can't be written to the spill directory
         */
        public ByteBuffer next() {
            count();
            if (spill == null && !memory.makeRoom()) {
                spill = SpillFile.create(spillDirectory, rowBytes);
                spill.append(memory.removeLast());
            }
            current = spill == null ? memory.next() : spill.next();
            rows++;
            return current;
        }

        /** How many rows were begun. */
        public long rows() {
            return rows;
        }

        /** Ends the shard after the last row and hands over to the reader, who closes it. */
        public ShardStore finish() {
            count();
            List<ByteBuffer> chunks = new ArrayList<>();
            if (spill == null) {
                chunks.addAll(memory.seal());
            } else {
                chunks.addAll(memory.full());
                chunks.addAll(spill.seal(chunkRows * rowBytes));
            }
            chunks.replaceAll(chunk -> chunk.asReadOnlyBuffer().order(ByteOrder.nativeOrder()));
            open = false;
            return new ShardStore(this, List.copyOf(chunks));
        }

        @Override
        public void close() {
            if (open && spill != null) {
                spill.close();
            }
            open = false;
        }

        /** Counts the row that was handed out last, which is filled by now. */
        private void count() {
            if (!open) {
                throw new IllegalStateException("Cannot write row " + rows + ": the writer is closed");
            }
            if (current != null) {
                counter.add(current.getLong(hashOffset));
                current = null;
            }
        }
    }
}
