package io.firesteel.engine.data;

import java.io.Serializable;
import java.util.HexFormat;

/**
 * Which rows were used, in any order: their number, and the wrapping sum of their mixed row hashes. Two ledgers are equal if
 * the same rows were used the same number of times; where a row is dropped, repeated or exchanged they differ, but for a
 * chance of 1 in 2^64. {@link #merge} is associative and commutative and has {@link #EMPTY} as its identity, so ledgers of
 * shards, steps and replicas add up to that of the epoch, however the rows were divided. It guards against mistakes, not
 * against someone who constructs rows with chosen hashes.
 *
 * @param rows how many rows were used, repeats counted, &gt;= 0
 * @param hash sum modulo 2^64 of the SplitMix64 output that follows each row's hash
 */
public record Ledger(long rows, long hash) implements Serializable {
    /** No rows. */
    public static final Ledger EMPTY = new Ledger(0, 0);

    public Ledger {
        if (rows < 0) {
            throw new IllegalArgumentException("Invalid rows of a ledger: " + rows + " (must be >= 0)");
        }
    }

    /** The ledger of the rows of both. */
    public Ledger merge(Ledger other) {
        return new Ledger(Math.addExact(rows, other.rows), hash + other.hash);
    }

    /** The hash as 16 lower-case hexadecimal digits, as reports show it. */
    public String hex() {
        return HexFormat.of().toHexDigits(hash);
    }
}
