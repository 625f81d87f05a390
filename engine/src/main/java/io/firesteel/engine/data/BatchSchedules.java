package io.firesteel.engine.data;

import java.util.Objects;
import java.util.Optional;

/**
 * The {@link BatchSchedule} of each epoch of a run, which depends on the epoch's number where the batch size grows. Immutable and
 * thread-safe.
 */
public final class BatchSchedules {
    private final BatchSchedule full;
    private final BatchRamp ramp;
    private final long[] rowsPerShard;

    /**
     * @param batchSize rows per iteration over all shards, at the end of the ramp if there is one, &gt; 0
     * @param ramp how the size grows; empty: it is the same in each epoch
     * @param rowsPerShard by shard number; shards may be empty, but not all
     * @throws IllegalArgumentException if a value is out of range or there are no rows
     */
    public BatchSchedules(int batchSize, Optional<BatchRamp> ramp, long... rowsPerShard) {
        this.full = new BatchSchedule(batchSize, rowsPerShard);
        this.ramp = ramp.orElse(null);
        this.rowsPerShard = rowsPerShard.clone();
    }

    private BatchSchedules(BatchSchedule full) {
        this.full = full;
        this.ramp = null;
        this.rowsPerShard = new long[0];
    }

    /** The same in each epoch. */
    static BatchSchedules same(BatchSchedule schedule) {
        return new BatchSchedules(Objects.requireNonNull(schedule, "schedule"));
    }

    /** The one of an epoch. */
    public BatchSchedule of(long epoch) {
        int size = ramp == null ? full.batchSize() : ramp.size(epoch, full.batchSize());
        return size == full.batchSize() ? full : new BatchSchedule(size, rowsPerShard);
    }

    /** The one with the largest batches: sizes lie between the first and the full one. */
    BatchSchedule largest() {
        BatchSchedule first = of(1);
        return first.batchSize() > full.batchSize() ? first : full;
    }
}
