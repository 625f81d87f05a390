package io.firesteel.spark.evaluate.sorted;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What a partition of values in order says of their ranks, where equal values share the mean of their ranks. Ranks are counted from the
 * partition's start: {@link #squares} and {@link #products} shift them to where it begins in the whole.
 */
final class RankSums implements Serializable {
    private static final long serialVersionUID = 1;

    private final int longest;
    private final PreciseSum weight = new PreciseSum();
    /** Of weight times rank, and of weight times rank squared. */
    private final PreciseSum ranks = new PreciseSum();

    private final PreciseSum rankSquares = new PreciseSum();
    /** Of weight times other, and of weight times rank times other. */
    private final PreciseSum others = new PreciseSum();

    private final PreciseSum rankOthers = new PreciseSum();
    /** The weight of each value of more rows than fit into a buffer. */
    private final Map<Double, Double> longRuns = new HashMap<>();

    private long values;
    private long missing;

    private double value;
    private long run;
    private PreciseSum runWeight = new PreciseSum();
    private PreciseSum runOthers = new PreciseSum();

    private RankSums(int longest) {
        this.longest = longest;
    }

    /**
     * Of values and weights.
     *
     * @param rows in order of the value
     * @param longest rows of one value that needn't be told of
     */
    static Iterator<RankSums> of(Iterator<InternalRow> rows, int value, int weight, int longest) {
        RankSums sums = new RankSums(longest);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            sums.missing += isMissing(row) ? 1 : 0;
            sums.add(row.getDouble(value), row.getDouble(weight), 0);
        }
        sums.endRun();
        return List.of(sums).iterator();
    }

    /** Of rows of a value, a weight and another number, in order of the value. */
    static Iterator<RankSums> withOthers(Iterator<InternalRow> rows) {
        RankSums sums = new RankSums(Integer.MAX_VALUE);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            sums.add(row.getDouble(0), row.getDouble(1), row.getDouble(2));
        }
        sums.endRun();
        return List.of(sums).iterator();
    }

    private static boolean isMissing(InternalRow pair) {
        return Double.isNaN(pair.getDouble(0)) || Double.isNaN(pair.getDouble(1));
    }

    private void add(double next, double rowWeight, double other) {
        if (run > 0 && next != value) {
            endRun();
        }
        value = next;
        run++;
        runWeight.add(rowWeight);
        runOthers.addProduct(other, rowWeight);
    }

    private void endRun() {
        if (run == 0) {
            return;
        }
        double equal = runWeight.value();
        double rank = weight.value() + equal / 2;
        PreciseSum weighted = PreciseSum.of(equal).times(rank);
        ranks.add(weighted);
        rankSquares.addProduct(weighted, rank);
        others.add(runOthers);
        rankOthers.addProduct(runOthers, rank);
        weight.add(runWeight);
        values++;
        if (run > longest) {
            longRuns.put(value, equal);
        }
        run = 0;
        runWeight = new PreciseSum();
        runOthers = new PreciseSum();
    }

    /** How many different ones there are. */
    long values() {
        return values;
    }

    /** Pairs with a NaN. */
    long missing() {
        return missing;
    }

    Map<Double, Double> longRuns() {
        return longRuns;
    }

    /** What to add to a partition's ranks, one after the other, so that the mean of all ranks is 0. */
    static double[] shifts(List<RankSums> partitions) {
        double half = weight(partitions) / 2;
        double[] shifts = new double[partitions.size()];
        PreciseSum below = new PreciseSum();
        for (int i = 0; i < shifts.length; i++) {
            shifts[i] = below.value() - half;
            below.add(partitions.get(i).weight);
        }
        return shifts;
    }

    /** Of all rows. */
    static double weight(List<RankSums> partitions) {
        PreciseSum weight = new PreciseSum();
        partitions.forEach(part -> weight.add(part.weight));
        return weight.value();
    }

    /** The sum of weight times squared rank, ranks having the mean 0. */
    static double squares(List<RankSums> partitions) {
        double[] shifts = shifts(partitions);
        PreciseSum squares = new PreciseSum();
        for (int i = 0; i < shifts.length; i++) {
            RankSums part = partitions.get(i);
            squares.add(part.rankSquares);
            squares.addProduct(part.ranks, 2 * shifts[i]);
            squares.add(part.weight.times(shifts[i]).times(shifts[i]));
        }
        return squares.value();
    }

    /** The sum of weight times rank times the other number, ranks having the mean 0. */
    static double products(List<RankSums> partitions) {
        double[] shifts = shifts(partitions);
        PreciseSum products = new PreciseSum();
        for (int i = 0; i < shifts.length; i++) {
            RankSums part = partitions.get(i);
            products.add(part.rankOthers);
            products.addProduct(part.others, shifts[i]);
        }
        return products.value();
    }
}
