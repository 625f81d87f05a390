package io.firesteel.engine.metric.distribution;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/**
 * A histogram over {@link BinScale}: for each bin the sum of weights of each lane, and whether all its numbers are the same one.
 * Only runs of 16 bins that are in use take memory, so that it grows with the bins and not with the rows: 128 bytes times lanes +
 * 1 for each run, and 8 192 bins for each power of two. A hash of the run finds its place.
 */
final class ValueBins {
    private static final int RUN_BITS = 4;
    private static final int RUN = 1 << RUN_BITS;
    private static final int FIRST_SLOTS = 16;

    private final int lanes;
    private final int stride;
    /** Runs by hash; where {@link #places} has a number. */
    private int[] runs = new int[FIRST_SLOTS];
    /** 1 + the place of a run's bins; 0 for none. */
    private int[] places = new int[FIRST_SLOTS];
    /** For each bin the lanes' weights and the number, NaN if there are several. */
    private double[] bins = {};

    private int used;

    ValueBins(int lanes) {
        this.lanes = lanes;
        this.stride = lanes + 1;
    }

    void add(double value, int lane, double weight) {
        int at = find(BinScale.bin(value));
        if (bins[at + lanes] != value) {
            see(at, value);
        }
        bins[at + lane] += weight;
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
        for (int i = 0; i < values.size(); i++) {
            add(values.value(i), lane, values.weight(i));
        }
    }

    /** Where a bin is, which is made if it wasn't there. */
    private int find(int bin) {
        int run = bin >> RUN_BITS;
        int slot = slot(run);
        while (places[slot] != 0 && runs[slot] != run) {
            slot = (slot + 1) & (places.length - 1);
        }
        if (places[slot] == 0) {
            return make(run, slot) * RUN * stride + (bin & (RUN - 1)) * stride;
        }
        return ((places[slot] - 1) * RUN + (bin & (RUN - 1))) * stride;
    }

    private int slot(int run) {
        return (run * 0x9e3779b9) >>> (Integer.numberOfLeadingZeros(places.length) + 1);
    }

    private int make(int run, int slot) {
        int place = used++;
        runs[slot] = run;
        places[slot] = used;
        int needed = Math.multiplyExact(used, RUN * stride);
        if (needed > bins.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 16L, bins.length + bins.length / 2 + 4L * RUN * stride);
            bins = Arrays.copyOf(bins, Math.max(needed, capacity));
        }
        if (2 * used > places.length) {
            rehash();
        }
        return place;
    }

    private void rehash() {
        int[] oldRuns = runs;
        int[] oldPlaces = places;
        runs = new int[2 * oldRuns.length];
        places = new int[2 * oldPlaces.length];
        for (int old = 0; old < oldPlaces.length; old++) {
            if (oldPlaces[old] != 0) {
                int slot = slot(oldRuns[old]);
                while (places[slot] != 0) {
                    slot = (slot + 1) & (places.length - 1);
                }
                runs[slot] = oldRuns[old];
                places[slot] = oldPlaces[old];
            }
        }
    }

    ValueBins plus(ValueBins other) {
        ValueBins sum = new ValueBins(lanes);
        sum.runs = runs.clone();
        sum.places = places.clone();
        sum.bins = bins.clone();
        sum.used = used;
        for (int slot = 0; slot < other.places.length; slot++) {
            if (other.places[slot] != 0) {
                sum.addRun(other, slot);
            }
        }
        return sum;
    }

    private void addRun(ValueBins other, int slot) {
        int from = (other.places[slot] - 1) * RUN * stride;
        for (int bin = 0; bin < RUN; bin++, from += stride) {
            if (!other.isEmpty(from)) {
                addBin((other.runs[slot] << RUN_BITS) + bin, other.bins, from);
            }
        }
    }

    private void addBin(int bin, double[] from, int offset) {
        int at = find(bin);
        see(at, from[offset + lanes]);
        for (int lane = 0; lane < lanes; lane++) {
            bins[at + lane] += from[offset + lane];
        }
    }

    /** All bins in use, in order. */
    Steps steps() {
        int[] order = order();
        Steps steps = new Steps(lanes, order.length);
        for (int bin : order) {
            int at = find(bin);
            double value = bins[at + lanes];
            boolean several = Double.isNaN(value);
            steps.add(several ? BinScale.least(bin) : value, several ? BinScale.largest(bin) : value);
            for (int lane = 0; lane < lanes; lane++) {
                steps.weigh(lane, bins[at + lane]);
            }
        }
        return steps;
    }

    private int[] order() {
        int[] order = new int[Math.multiplyExact(used, RUN)];
        int count = 0;
        for (int slot = 0; slot < places.length; slot++) {
            for (int bin = 0; places[slot] != 0 && bin < RUN; bin++) {
                if (!isEmpty(((places[slot] - 1) * RUN + bin) * stride)) {
                    order[count++] = (runs[slot] << RUN_BITS) + bin;
                }
            }
        }
        Arrays.sort(order, 0, count);
        return Arrays.copyOf(order, count);
    }

    void write(StateOutput output) {
        int[] order = order();
        output.writeInt(order.length);
        double[] row = new double[stride];
        for (int bin : order) {
            output.writeInt(bin);
            System.arraycopy(bins, find(bin), row, 0, stride);
            output.writeDoubles(row);
        }
    }

    static ValueBins read(int lanes, StateInput input) {
        ValueBins read = new ValueBins(lanes);
        int count = input.readCount(Integer.BYTES + Double.BYTES * read.stride);
        for (int i = 0; i < count; i++) {
            int bin = input.readInt();
            read.addBin(bin, input.readDoubles(read.stride), 0);
        }
        return read;
    }
}
