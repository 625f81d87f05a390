package io.firesteel.engine.data;

/** Accumulates a {@link Ledger} row by row without allocation. Not thread-safe. */
public final class LedgerCounter {
    private long rows;
    private long hash;

    /** Counts one use of the row with this hash. */
    public void add(long rowHash) {
        rows++;
        hash += SplitMix64.next(rowHash);
    }

    /** Counts the rows of a ledger. */
    public void add(Ledger ledger) {
        rows = Math.addExact(rows, ledger.rows());
        hash += ledger.hash();
    }

    /** What was counted so far. */
    public Ledger ledger() {
        return new Ledger(rows, hash);
    }

    /** Starts again from {@link Ledger#EMPTY}. */
    public void reset() {
        rows = 0;
        hash = 0;
    }
}
