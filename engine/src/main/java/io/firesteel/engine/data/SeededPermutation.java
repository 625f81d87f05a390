package io.firesteel.engine.data;

import java.util.Objects;

/**
 * A pseudo-random order of the rows 0 … n-1 of one shard in one epoch, in constant memory: any position is computed
 * directly, so a run resumes in the middle of an epoch without replaying it. The order is a function of (n, seed, epoch,
 * shard) alone, with equal bits on every JVM, because only integers are computed.
 *
 * <p>Definition, with SplitMix64's next and mix: an index x is written as (l, r) = (x / b, x mod b), where a is the least
 * integer with a·a &gt;= n, and b = ceil(n / a). Six rounds i = 0 … 5 follow, in which h = mix(k<sub>i</sub> + r) and
 * l = (l + floor(floor(h / 2^24) · a / 2^40)) mod a for even i, and l and r, a and b change places for odd i. While
 * l·b + r &gt;= n, the rounds are repeated on it (fewer than a of the a·b values are). The keys are
 * k<sub>i</sub> = mix(k + (i + 1) · γ) with k = next(next(next(seed) xor epoch) xor shard), epoch and shard unsigned.
 *
 * <p>Source: the generalized Feistel cipher with cycle walking of Black, Rogaway, <i>Ciphers with arbitrary finite
 * domains</i> (2002), §4 and §5, with a mixing function that is fast and not cryptographic. Immutable and thread-safe.
 */
public final class SeededPermutation {
    /** The most rows that one permutation can order: 2^48. */
    public static final long MAX_ROWS = 1L << 48;

    private final long rows;
    private final long high;
    private final long low;
    private final long key0;
    private final long key1;
    private final long key2;
    private final long key3;
    private final long key4;
    private final long key5;

    /**
     * @param rows n, in [0, {@link #MAX_ROWS}]
     * @param seed of the job
     * @param epoch the epoch that is ordered; each has its own order
     * @param shard the shard's number
     * @throws IllegalArgumentException if the rows are out of range
     */
    public SeededPermutation(long rows, long seed, int epoch, int shard) {
        if (rows < 0 || rows > MAX_ROWS) {
            throw new IllegalArgumentException(
                    "Cannot shuffle shard " + shard + ": " + rows + " rows (expected 0 to 2^48)");
        }
        this.rows = rows;
        this.high = Math.max(1, ceilSqrt(rows));
        this.low = Math.max(1, (rows + high - 1) / high);
        long byEpoch = SplitMix64.next(SplitMix64.next(seed) ^ Integer.toUnsignedLong(epoch));
        long key = SplitMix64.next(byEpoch ^ Integer.toUnsignedLong(shard));
        this.key0 = roundKey(key, 0);
        this.key1 = roundKey(key, 1);
        this.key2 = roundKey(key, 2);
        this.key3 = roundKey(key, 3);
        this.key4 = roundKey(key, 4);
        this.key5 = roundKey(key, 5);
    }

    /** n: how many rows are ordered. */
    public long rows() {
        return rows;
    }

    /**
     * The row that stands at this position of the epoch.
     *
     * @throws IndexOutOfBoundsException if the index is not in [0, n)
     */
    public long at(long index) {
        long x = Objects.checkIndex(index, rows);
        do {
            x = permute(x);
        } while (x >= rows);
        return x;
    }

    private long permute(long x) {
        long l = x / low;
        long r = x - l * low;
        l = turn(l, high, key0 + r);
        r = turn(r, low, key1 + l);
        l = turn(l, high, key2 + r);
        r = turn(r, low, key3 + l);
        l = turn(l, high, key4 + r);
        r = turn(r, low, key5 + l);
        return l * low + r;
    }

    /** Adds a hash of the keyed other half, scaled to [0, size), modulo size: no division, and invertible. */
    private static long turn(long half, long size, long keyed) {
        long turned = half + (((SplitMix64.mix(keyed) >>> 24) * size) >>> 40);
        return turned >= size ? turned - size : turned;
    }

    private static long roundKey(long key, int round) {
        return SplitMix64.mix(key + (round + 1) * SplitMix64.GAMMA);
    }

    private static long ceilSqrt(long n) {
        long root = (long) Math.sqrt((double) n);
        while (root * root < n) {
            root++;
        }
        while (root > 0 && (root - 1) * (root - 1) >= n) {
            root--;
        }
        return root;
    }
}
