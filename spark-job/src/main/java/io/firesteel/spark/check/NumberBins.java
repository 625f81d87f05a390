package io.firesteel.spark.check;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A histogram of finite doubles that finds its own bins: numbers are in one bin if their bits, put in the order of the numbers, have all
 * in common but the last <i>s</i>. As long as there are few different numbers <i>s</i> is 0 and each has a bin of its own; else it is the
 * least with which no more than a given number of bins is in use. So bins are narrow where the numbers are, wherever that is.
 *
 * <p>Bins of a larger <i>s</i> are made of whole bins of a smaller one. Therefore a merged histogram depends on nothing but the
 * numbers, not on how they came apart or in which order they are put together.
 */
final class NumberBins {
    private static final int FIRST_CAPACITY = 64;

    private final int limit;
    private int shift;
    private long[] keys = new long[FIRST_CAPACITY];
    /** 0 where a slot is free. */
    private long[] counts = new long[FIRST_CAPACITY];

    private int size;

    /** @param limit bins that may be in use, at least 2 */
    NumberBins(int limit) {
        this.limit = limit;
    }

    /** Adds a finite number. */
    void add(double value) {
        addKey(ordered(value + 0.0) >> shift, 1);
    }

    void add(NumberBins other) {
        coarsenTo(other.shift);
        for (int i = 0; i < other.keys.length; i++) {
            if (other.counts[i] > 0) {
                addKey(other.keys[i] >> (shift - other.shift), other.counts[i]);
            }
        }
    }

    /** Takes a key of the present shift; the shift may be larger afterwards. */
    private void addKey(long key, long count) {
        put(key, count);
        while (size > limit) {
            coarsenTo(shift + 1);
        }
    }

    private void put(long key, long count) {
        int at = find(key);
        if (counts[at] == 0) {
            if (2 * (size + 1) > keys.length) {
                rebuild(2 * keys.length, 0);
                at = find(key);
            }
            keys[at] = key;
            size++;
        }
        counts[at] += count;
    }

    private int find(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & mask;
        while (counts[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void coarsenTo(int newShift) {
        if (newShift > shift) {
            int by = newShift - shift;
            shift = newShift;
            rebuild(keys.length, by);
        }
    }

    private void rebuild(int capacity, int by) {
        long[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = new long[capacity];
        counts = new long[capacity];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] > 0) {
                put(oldKeys[i] >> by, oldCounts[i]);
            }
        }
    }

    /** The bins in order; those at the ends no wider than the numbers. */
    List<Bin> bins(double minimum, double maximum) {
        long[] sorted = new long[size];
        int next = 0;
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] > 0) {
                sorted[next++] = keys[i];
            }
        }
        Arrays.sort(sorted);
        List<Bin> bins = new ArrayList<>();
        for (long key : sorted) {
            long first = key << shift;
            bins.add(new Bin(
                    bins.isEmpty() ? minimum : number(first),
                    bins.size() == size - 1 ? maximum : number(first | ((1L << shift) - 1)),
                    counts[find(key)]));
        }
        return bins;
    }

    /** Bits of doubles have the order of their numbers, apart from those of negative ones, which run backwards. */
    private static long ordered(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    private static double number(long ordered) {
        return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE)) + 0.0;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(shift);
        out.writeInt(size);
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] > 0) {
                out.writeLong(keys[i]);
                out.writeLong(counts[i]);
            }
        }
    }

    static NumberBins read(int limit, DataInput in) throws IOException {
        NumberBins bins = new NumberBins(limit);
        bins.shift = in.readInt();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            long key = in.readLong();
            bins.put(key, in.readLong());
        }
        return bins;
    }
}
