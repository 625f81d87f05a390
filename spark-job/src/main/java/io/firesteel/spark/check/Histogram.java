package io.firesteel.spark.check;

import java.util.ArrayList;
import java.util.List;

/**
 * How numbers are distributed: bins in order, none overlapping.
 *
 * @param bins from the least numbers to the largest; none where there are no numbers
 */
public record Histogram(List<Bin> bins) {
    public Histogram {
        bins = List.copyOf(bins);
        for (int i = 1; i < bins.size(); i++) {
            if (!(bins.get(i - 1).largest() < bins.get(i).least())) {
                throw new IllegalArgumentException("Invalid histogram: bin " + i + " begins at "
                        + bins.get(i).least() + " (must be above "
                        + bins.get(i - 1).largest() + ", the end of the bin before)");
            }
        }
    }

    /** How many numbers. */
    public long count() {
        return bins.stream().mapToLong(Bin::count).sum();
    }

    /**
     * The same in fewer bins, of about equal counts. A bin that holds such a share by itself stays alone: zeros, for example,
     * aren't mixed with their neighbours.
     *
     * @param parts the result has at most twice as many and one more
     */
    Histogram inParts(int parts) {
        if (bins.size() <= 2 * parts) {
            return this;
        }
        return new Histogram(grouped(parts));
    }

    /** Bins of about equal counts, as {@link #inParts} makes them, but always. */
    List<Bin> grouped(int parts) {
        double share = (double) count() / parts;
        List<Bin> groups = new ArrayList<>();
        Bin open = null;
        for (Bin bin : bins) {
            if (open != null && bin.count() >= share) {
                groups.add(open);
                open = null;
            }
            open = open == null ? bin : open.plus(bin);
            if (open.count() >= share) {
                groups.add(open);
                open = null;
            }
        }
        if (open != null) {
            groups.add(open);
        }
        return groups;
    }

    /** What is known of the share of numbers that are below a number, or at it as well. */
    Share share(double number, Side side) {
        long below = 0;
        long total = 0;
        long straddled = 0;
        double part = 0;
        for (Bin bin : bins) {
            total += bin.count();
            boolean all = side == Side.UP_TO ? bin.largest() <= number : bin.largest() < number;
            boolean some = side == Side.UP_TO ? bin.least() <= number : bin.least() < number;
            if (all) {
                below += bin.count();
            } else if (some) {
                straddled = bin.count();
                // Halves, as the difference of two doubles may be infinite.
                double width = bin.largest() / 2 - bin.least() / 2;
                part = width == 0 ? 0.5 : (number / 2 - bin.least() / 2) / width;
            }
        }
        return new Share(
                (double) below / total, (below + part * straddled) / total, (double) (below + straddled) / total);
    }

    /** Whether a number itself counts. */
    enum Side {
        BELOW,
        UP_TO
    }

    /**
     * A share of all numbers.
     *
     * @param least it is no smaller
     * @param likely if numbers are even within their bin
     * @param most it is no larger
     */
    record Share(double least, double likely, double most) {}
}
