package io.firesteel.engine.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One field of the rows of a batch, row after row, in a direct buffer of native order that starts on a cache line and is used
 * for every step.
 */
final class BatchColumn {
    private static final int ALIGNMENT = 64;

    private final ByteBuffer values;
    private final int rowOffset;
    private final int rowBytes;

    BatchColumn(String name, int capacity, int rowOffset, int rowBytes) {
        long bytes = (long) capacity * rowBytes;
        if (bytes > Integer.MAX_VALUE - 2 * ALIGNMENT) {
            throw new IllegalArgumentException("Cannot allocate a batch: " + name + " of " + capacity + " rows takes "
                    + bytes + " bytes (expected less than 2^31); a smaller batchSize or more shards fit");
        }
        int whole = ((int) bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        this.values = ByteBuffer.allocateDirect(whole + ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .slice(0, (int) bytes)
                .order(ByteOrder.nativeOrder());
        this.rowOffset = rowOffset;
        this.rowBytes = rowBytes;
    }

    void copy(ShardStore store, long row, int index) {
        store.copy(row, rowOffset, rowBytes, values, index * rowBytes);
    }

    /** Makes the whole buffer writable by {@link #copy}, which a limit would stop. */
    void clear() {
        values.clear();
    }

    /** The buffer itself, from 0 to the end of the last row. */
    ByteBuffer of(int rows) {
        return values.clear().limit(rows * rowBytes);
    }

    /** The whole buffer, for views that share its content. */
    ByteBuffer whole() {
        return values.clear();
    }
}
