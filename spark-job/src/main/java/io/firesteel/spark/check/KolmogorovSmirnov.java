package io.firesteel.spark.check;

import io.firesteel.spark.check.Histogram.Share;
import io.firesteel.spark.check.Histogram.Side;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The statistic of the two-sample test of Kolmogorov and Smirnov: the largest distance of two distribution functions, here of
 * histograms.
 *
 * @param distance as it is if numbers are even within bins; exact where each bin is of one number
 * @param least it is no smaller, however numbers lie in their bins
 * @param most it is no larger
 * @see <a href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.ks_2samp.html">ks_2samp of SciPy</a>
 */
record KolmogorovSmirnov(double distance, double least, double most) {
    /** Of two histograms that aren't empty. */
    static KolmogorovSmirnov of(Histogram one, Histogram other) {
        double[] edges = Stream.of(one, other)
                .flatMap(histogram -> histogram.bins().stream())
                .flatMapToDouble(bin -> DoubleStream.of(bin.least(), bin.largest()))
                .sorted()
                .distinct()
                .toArray();
        double distance = 0;
        double least = 0;
        double most = 0;
        Share oneBefore = new Share(0, 0, 0);
        Share otherBefore = oneBefore;
        for (double edge : edges) {
            for (Side side : Side.values()) {
                Share oneHere = one.share(edge, side);
                Share otherHere = other.share(edge, side);
                distance = Math.max(distance, Math.abs(oneHere.likely() - otherHere.likely()));
                least = Math.max(
                        least, Math.max(oneHere.least() - otherHere.most(), otherHere.least() - oneHere.most()));
                if (side == Side.UP_TO) {
                    most = Math.max(most, most(oneHere, oneHere, otherHere, otherHere));
                } else {
                    most = Math.max(most, most(oneBefore, oneHere, otherBefore, otherHere));
                }
                oneBefore = oneHere;
                otherBefore = otherHere;
            }
        }
        return new KolmogorovSmirnov(distance, least, most);
    }

    /** The largest distance anywhere from one place to another: functions that rise are between their ends. */
    private static double most(Share oneFrom, Share oneTo, Share otherFrom, Share otherTo) {
        return Math.max(oneTo.most() - otherFrom.least(), otherTo.most() - oneFrom.least());
    }
}
