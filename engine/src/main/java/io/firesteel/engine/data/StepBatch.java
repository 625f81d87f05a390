package io.firesteel.engine.data;

import java.util.List;

/**
 * What one replica trains on in one step: a batch of every shard that it hosts, in shard order, some perhaps of 0 rows; in an
 * evaluation one batch of one shard. Valid until the next call of {@link StepIterator#next} or its close: then its buffers are
 * filled with another step.
 */
public final class StepBatch {
    private final List<Batch> batches;
    private long step;

    StepBatch(RowLayout layout, List<Integer> capacities) {
        this.batches = capacities.stream().map(rows -> new Batch(layout, rows)).toList();
    }

    /** Number of the step in its epoch, from 0. */
    public long step() {
        return step;
    }

    /** The batches, in shard order; the same objects in each use of this step's buffers. */
    public List<Batch> batches() {
        return batches;
    }

    /** Rows of all batches. */
    public int rows() {
        return batches.stream().mapToInt(Batch::rows).sum();
    }

    /** The ledger of the rows of all batches. */
    public Ledger ledger() {
        return batches.stream().map(Batch::ledger).reduce(Ledger.EMPTY, Ledger::merge);
    }

    void startStep(long number) {
        step = number;
    }
}
