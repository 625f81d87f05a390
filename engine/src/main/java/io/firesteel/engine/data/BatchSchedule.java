package io.firesteel.engine.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * How the global batch of each step is divided over shards of unequal size: every step but the last has exactly
 * {@code batchSize} rows over all shards, the last has the rest, every row is used once per epoch, and the rows of each
 * shard are spread evenly over it.
 *
 * <p>Definition: row j of shard i, which has n<sub>i</sub> rows, has the key (j + 1/2) / n<sub>i</sub>. The rows of all shards
 * are ordered by key, ties by shard number, and step k takes the rows at k·B … (k+1)·B - 1 of this order. So a step takes a
 * contiguous range of each shard's own (permuted) order. It depends on the shards alone, not on the replicas that host them.
 *
 * <p>Memory is that of the shard sizes. A query takes O(S log S) for S shards at any step: a lower bound of every offset is
 * known in closed form, and the fewer than 3·S rows that it misses are merged by exact comparison. Immutable and thread-safe.
 */
public final class BatchSchedule {
    private final int batchSize;
    private final long[] rowsPerShard;
    private final long rows;
    private final int occupied;

    /**
     * @param batchSize B: rows per step over all shards, &gt; 0
     * @param rowsPerShard n<sub>i</sub> by shard number; shards may be empty, but not all
     * @throws IllegalArgumentException if a value is out of range or there are no rows
     */
    public BatchSchedule(int batchSize, long... rowsPerShard) {
        if (batchSize <= 0) {
            throw new IllegalArgumentException("Invalid batchSize: " + batchSize + " (must be > 0)");
        }
        this.batchSize = batchSize;
        this.rowsPerShard = rowsPerShard.clone();
        this.rows = sum(this.rowsPerShard);
        this.occupied = (int) Arrays.stream(rowsPerShard).filter(n -> n > 0).count();
    }

    private static long sum(long[] rowsPerShard) {
        long sum = 0;
        for (int shard = 0; shard < rowsPerShard.length; shard++) {
            long rows = rowsPerShard[shard];
            if (rows < 0 || rows > SeededPermutation.MAX_ROWS - sum) {
                throw new IllegalArgumentException("Invalid rows of shard " + shard + ": " + rows
                        + " (must be >= 0, and at most 2^48 over all shards)");
            }
            sum += rows;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("Cannot plan batches: there are no rows (0 in " + rowsPerShard.length
                    + " shards, expected at least 1); the path, the filter or the validation fraction leaves none");
        }
        return sum;
    }

    /** B: rows per step over all shards. */
    public int batchSize() {
        return batchSize;
    }

    /** S: how many shards there are, empty ones included. */
    public int shards() {
        return rowsPerShard.length;
    }

    /** N: rows of all shards. */
    public long rows() {
        return rows;
    }

    /** n<sub>i</sub>: rows of one shard. */
    public long rows(int shard) {
        return rowsPerShard[Objects.checkIndex(shard, rowsPerShard.length)];
    }

    /** Steps per epoch: ceil(N / B). */
    public long steps() {
        return (rows + batchSize - 1) / batchSize;
    }

    /** Rows of this step over all shards: B, or in the last step the rest. */
    public int count(long step) {
        Objects.checkIndex(step, steps());
        return (int) Math.min(batchSize, rows - step * batchSize);
    }

    /** Rows of this shard in this step; may be 0. */
    public int count(long step, int shard) {
        Objects.checkIndex(step, steps());
        return (int) (offset(step + 1, shard) - offset(step, shard));
    }

    /** Rows of this shard that the steps before this one use; the step may be {@link #steps()}. */
    public long offset(long step, int shard) {
        Objects.checkIndex(shard, rowsPerShard.length);
        return offsets(step)[shard];
    }

    /** {@link #offset} of every shard, for the cost of one; the step may be {@link #steps()}. */
    public long[] offsets(long step) {
        Objects.checkIndex(step, steps() + 1);
        long position = Math.min(step * batchSize, rows);
        if (position == rows) {
            return rowsPerShard.clone();
        }
        long[] offsets = lowerBounds(position);
        merge(offsets, position - Arrays.stream(offsets).sum());
        return offsets;
    }

    /**
     * A bound on {@link #count(long, int)} over all steps, for the size of buffers: never less, and not far above. In a step
     * whose keys span w, a shard has at most w·n<sub>i</sub> + 1 rows and at least w·n<sub>i</sub> - 1; the sum is B, so w is
     * at most (B + S) / N.
     */
    public int capacity(int shard) {
        double span = ((double) batchSize + occupied) / rows;
        return (int) Math.min(Math.min(batchSize, rows(shard)), (long) (span * rows(shard)) + 2);
    }

    /**
     * For the first {@code position} rows of the order, with t the key of the row that follows them: a shard has at most
     * n·t + 1/2 of them, so t is at least (position - S/2) / N; and a shard has at least n·t - 1/2 of them. What rounding
     * adds to that, at most n·2^-51, is taken off, so that the bound holds; whether it is tight only costs time.
     */
    private long[] lowerBounds(long position) {
        long[] bounds = new long[rowsPerShard.length];
        double scaled = position - occupied / 2.0;
        for (int shard = 0; shard < bounds.length; shard++) {
            long n = rowsPerShard[shard];
            bounds[shard] = Math.max(0, (long) Math.floor(scaled * n / rows - 0.5 - n * 0x1p-50));
        }
        return bounds;
    }

    /** Takes the next {@code count} rows of the order, from the given offsets on. */
    private void merge(long[] offsets, long count) {
        PriorityQueue<Integer> heads = new PriorityQueue<>((a, b) -> compareKeys(offsets, a, b));
        for (int shard = 0; shard < offsets.length; shard++) {
            if (offsets[shard] < rowsPerShard[shard]) {
                heads.add(shard);
            }
        }
        for (long taken = 0; taken < count; taken++) {
            int shard = heads.remove();
            offsets[shard]++;
            if (offsets[shard] < rowsPerShard[shard]) {
                heads.add(shard);
            }
        }
    }

    /** (2·j+1)/(2·n) against the same of another shard, multiplied out in 128 bits; ties by shard number. */
    private int compareKeys(long[] offsets, int shard, int other) {
        long left = 2 * offsets[shard] + 1;
        long right = 2 * offsets[other] + 1;
        long n = rowsPerShard[shard];
        long m = rowsPerShard[other];
        int byHigh = Long.compare(Math.multiplyHigh(left, m), Math.multiplyHigh(right, n));
        int byKey = byHigh != 0 ? byHigh : Long.compareUnsigned(left * m, right * n);
        return byKey != 0 ? byKey : Integer.compare(shard, other);
    }
}
