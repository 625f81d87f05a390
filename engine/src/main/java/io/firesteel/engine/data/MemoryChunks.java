package io.firesteel.engine.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows on the heap, where the executor's own limit counts them: chunks of equal size, of which the last grows by doubling, so
 * that a small shard takes little. All but the last are always full.
 */
final class MemoryChunks {
    private static final int FIRST_BYTES = 1 << 16;

    private final int rowBytes;
    private final int chunkRows;
    private final long budget;
    private final List<ByteBuffer> full = new ArrayList<>();
    private ByteBuffer last = ByteBuffer.allocate(0);
    private int lastRows;
    private long fullBytes;

    MemoryChunks(int rowBytes, int chunkRows, long budget) {
        this.rowBytes = rowBytes;
        this.chunkRows = chunkRows;
        this.budget = budget;
    }

    /** Whether another row can be held; makes the room for it if the budget allows. */
    boolean makeRoom() {
        if (lastRows == chunkRows) {
            keepLast();
        }
        return (lastRows + 1) * (long) rowBytes <= last.capacity() || grow();
    }

    /** A view of the next row; only after {@link #makeRoom} said yes. */
    ByteBuffer next() {
        return last.slice(rowBytes * lastRows++, rowBytes).order(ByteOrder.nativeOrder());
    }

    /** Bytes allocated. */
    long bytes() {
        return fullBytes + last.capacity();
    }

    /** Gives up the last chunk, which may be partly filled or empty: its rows, ready to be read. */
    ByteBuffer removeLast() {
        ByteBuffer rows = last.slice(0, rowBytes * lastRows);
        last = ByteBuffer.allocate(0);
        lastRows = 0;
        return rows;
    }

    /** The full chunks. */
    List<ByteBuffer> full() {
        return full;
    }

    /** Every chunk, the last cut to its rows. */
    List<ByteBuffer> seal() {
        if (lastRows > 0) {
            resize(lastRows);
            keepLast();
        }
        return full;
    }

    private void keepLast() {
        full.add(last);
        fullBytes += last.capacity();
        last = ByteBuffer.allocate(0);
        lastRows = 0;
    }

    private boolean grow() {
        int rows = last.capacity() / rowBytes;
        long wanted = Math.min(chunkRows, Math.max(2L * rows, Math.max(1, FIRST_BYTES / rowBytes)));
        long affordable = (budget - fullBytes) / rowBytes;
        long granted = Math.min(wanted, affordable);
        if (granted <= rows) {
            return false;
        }
        resize((int) granted);
        return true;
    }

    private void resize(int rows) {
        if (rows * rowBytes != last.capacity()) {
            ByteBuffer resized = ByteBuffer.allocate(rows * rowBytes);
            resized.put(0, last, 0, lastRows * rowBytes);
            last = resized;
        }
    }
}
