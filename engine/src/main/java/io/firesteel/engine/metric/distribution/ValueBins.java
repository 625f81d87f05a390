package io.firesteel.engine.metric.distribution;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A histogram over {@link BinScale}: for each bin the sum of weights of each lane, and whether all its numbers are the same one.
 * Only runs of 16 neighbouring bins that are in use take memory, so that it grows with the bins and not with the rows: 128 bytes
 * times lanes + 1 for each run, and at most 512 runs for each power of two.
 */
final class ValueBins {
    private static final int RUN_BITS = 4;
    private static final int RUN = 1 << RUN_BITS;
    /** A page has the bins of one power of two. */
    private static final int PAGE_BITS = BinScale.MANTISSA_BITS;

    private static final int BLOCK = 512;
    private static final int PAGE_RUNS = 1 << (PAGE_BITS - RUN_BITS);
    private static final int FIRST_PAGE = BinScale.FIRST >> PAGE_BITS;
    private static final int PAGES = (BinScale.LAST >> PAGE_BITS) - FIRST_PAGE + 1;

    private final int lanes;
    private final int stride;
    /** For each run of a page 1 + its place, or 0. */
    private final int[][] pages = new int[PAGES][];
    /** For each bin of each place the lanes' weights and the number, NaN if there are several. */
    private double[] bins = {};

    private int used;

    ValueBins(int lanes) {
        this.lanes = lanes;
        this.stride = lanes + 1;
    }

    void add(double value, int lane, double weight) {
        int at = find(BinScale.bin(value));
        double seen = bins[at + lanes];
        if (seen != value && !Double.isNaN(seen)) {
            see(at, value);
        }
        bins[at + lane] += weight;
    }

    /**
     * Adds many. Finding their bins first lets the loads of many bins, which mostly aren't in a near cache, run side by side.
     *
     * @param laneOf the lane of each value
     */
    void add(double[] values, int[] laneOf, double[] weights, int count) {
        int[] places = new int[Math.min(count, BLOCK)];
        for (int from = 0; from < count; from += BLOCK) {
            int size = Math.min(BLOCK, count - from);
            for (int i = 0; i < size; i++) {
                places[i] = find(BinScale.bin(values[from + i]));
            }
            addAt(places, from, size, values, laneOf, weights);
        }
    }

    private void addAt(int[] places, int from, int size, double[] values, int[] laneOf, double[] weights) {
        double[] table = bins;
        for (int i = 0; i < size; i++) {
            int at = places[i];
            double seen = table[at + lanes];
            if (seen != values[from + i] && !Double.isNaN(seen)) {
                see(at, values[from + i]);
            }
            table[at + laneOf[from + i]] += weights[from + i];
        }
    }

    /** Notes another number, or the first one, in a bin. */
    private void see(int at, double value) {
        bins[at + lanes] = isEmpty(at) || bins[at + lanes] == value ? value : Double.NaN;
    }

    private boolean isEmpty(int at) {
        for (int lane = 0; lane < lanes; lane++) {
            if (bins[at + lane] != 0) {
                return false;
            }
        }
        return true;
    }

    void addAll(int lane, WeightedValues values) {
        double[] numbers = new double[BLOCK];
        double[] weights = new double[BLOCK];
        int[] laneOf = new int[BLOCK];
        Arrays.fill(laneOf, lane);
        for (int from = 0; from < values.size(); from += BLOCK) {
            int count = Math.min(BLOCK, values.size() - from);
            for (int i = 0; i < count; i++) {
                numbers[i] = values.value(from + i);
                weights[i] = values.weight(from + i);
            }
            add(numbers, laneOf, weights, count);
        }
    }

    /** Where a bin is, which is made if it wasn't there. */
    private int find(int bin) {
        int[] page = pages[(bin >> PAGE_BITS) - FIRST_PAGE];
        int place = page == null ? 0 : page[(bin >> RUN_BITS) & (PAGE_RUNS - 1)];
        return ((place == 0 ? make(bin) : place) - 1) * RUN * stride + (bin & (RUN - 1)) * stride;
    }

    private int make(int bin) {
        int index = (bin >> PAGE_BITS) - FIRST_PAGE;
        if (pages[index] == null) {
            pages[index] = new int[PAGE_RUNS];
        }
        pages[index][(bin >> RUN_BITS) & (PAGE_RUNS - 1)] = ++used;
        int needed = Math.multiplyExact(used, RUN * stride);
        if (needed > bins.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 16L, needed + bins.length / 2L);
            bins = Arrays.copyOf(bins, Math.max(needed, capacity));
        }
        return used;
    }

    ValueBins plus(ValueBins other) {
        ValueBins sum = new ValueBins(lanes);
        Arrays.setAll(sum.pages, page -> pages[page] == null ? null : pages[page].clone());
        sum.bins = bins.clone();
        sum.used = used;
        other.forEach(bin -> sum.addBin(bin, other.bins, other.find(bin)));
        return sum;
    }

    private void addBin(int bin, double[] from, int offset) {
        int at = find(bin);
        see(at, from[offset + lanes]);
        for (int lane = 0; lane < lanes; lane++) {
            bins[at + lane] += from[offset + lane];
        }
    }

    /** All bins in use, in order. */
    private void forEach(IntConsumer action) {
        for (int page = 0; page < PAGES; page++) {
            for (int run = 0; pages[page] != null && run < PAGE_RUNS; run++) {
                int first = ((page + FIRST_PAGE) << PAGE_BITS) + (run << RUN_BITS);
                for (int bin = first; pages[page][run] != 0 && bin < first + RUN; bin++) {
                    if (!isEmpty(find(bin))) {
                        action.accept(bin);
                    }
                }
            }
        }
    }

    private int count() {
        int[] count = {0};
        forEach(bin -> count[0]++);
        return count[0];
    }

    /** All bins in use, in order. */
    Steps steps() {
        Steps steps = new Steps(lanes, count());
        forEach(bin -> addTo(steps, bin));
        return steps;
    }

    private void addTo(Steps steps, int bin) {
        int at = find(bin);
        double value = bins[at + lanes];
        boolean several = Double.isNaN(value);
        steps.add(several ? BinScale.least(bin) : value, several ? BinScale.largest(bin) : value);
        for (int lane = 0; lane < lanes; lane++) {
            steps.weigh(lane, bins[at + lane]);
        }
    }

    void write(StateOutput output) {
        output.writeInt(count());
        double[] row = new double[stride];
        forEach(bin -> {
            output.writeInt(bin);
            System.arraycopy(bins, find(bin), row, 0, stride);
            output.writeDoubles(row);
        });
    }

    static ValueBins read(int lanes, StateInput input) {
        ValueBins read = new ValueBins(lanes);
        int count = input.readCount(Integer.BYTES + Double.BYTES * read.stride);
        for (int i = 0; i < count; i++) {
            int bin = input.readInt();
            input.check(
                    bin >= BinScale.FIRST && bin <= BinScale.LAST,
                    "bad bin",
                    bin,
                    BinScale.FIRST + " to " + BinScale.LAST);
            read.addBin(bin, input.readDoubles(read.stride), 0);
        }
        return read;
    }
}
