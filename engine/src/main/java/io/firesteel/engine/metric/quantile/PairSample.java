package io.firesteel.engine.metric.quantile;

import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;

/**
 * The state of metrics that need all pairs of prediction and target: the different pairs, each with the weight of all its rows, up
 * to a number of them. If there are more, those with the lowest hash stay: a uniform sample of the different pairs (a bottom-k
 * or KMV sketch). Which ones stay depends on the data only, so any split of the rows over ranks, merged in any order, keeps
 * the same sample, with the same bits as long as sums of weights are exact.
 *
 * <p>Memory: at most 64 bytes for each pair that may stay, 64 MB for the usual million; 24 bytes of state each.
 */
final class PairSample implements MetricState<PairSample> {
    private final int most;
    private final Pairs pairs = new Pairs();
    private long highest = Long.MAX_VALUE;
    private boolean sampled;
    private double targetSum;
    private double weight;
    private long rows;
    private long missing;

    /**
     * No rows yet.
     *
     * @param most how many different pairs are kept, &gt; 0
     */
    PairSample(int most) {
        this.most = most;
    }

    /** Adds a row; those of weight 0 are counted only, and NaN, which has no rank. */
    void add(double prediction, double target, double rowWeight) {
        rows++;
        if (rowWeight == 0) {
            return;
        }
        if (Double.isNaN(prediction) || Double.isNaN(target)) {
            missing++;
            return;
        }
        weight += rowWeight;
        targetSum += rowWeight * target;
        keep(prediction + 0.0, target + 0.0, rowWeight);
    }

    private void keep(double prediction, double target, double pairWeight) {
        long hash = Pairs.hash(prediction, target);
        if (hash > highest) {
            sampled = true;
            return;
        }
        if (pairs.size() >= 2 * (long) most) {
            compact();
        }
        pairs.add(hash, prediction, target, pairWeight);
    }

    private void compact() {
        pairs.unite();
        sampled |= pairs.size() > most;
        pairs.truncate(most);
        if (pairs.size() == most) {
            highest = pairs.hash(most - 1);
        }
    }

    /** The same with each pair once, in an order of their own; this one stays as it is. */
    PairSample compacted() {
        PairSample copy = plus(new PairSample(most));
        copy.compact();
        return copy;
    }

    @Override
    public PairSample plus(PairSample other) {
        PairSample merged = new PairSample(most);
        merged.highest = Math.min(highest, other.highest);
        merged.keepAll(pairs);
        merged.keepAll(other.pairs);
        merged.sampled = merged.sampled || sampled || other.sampled;
        merged.targetSum = targetSum + other.targetSum;
        merged.weight = weight + other.weight;
        merged.rows = Math.addExact(rows, other.rows);
        merged.missing = Math.addExact(missing, other.missing);
        return merged;
    }

    private void keepAll(Pairs added) {
        for (int i = 0; i < added.size(); i++) {
            keep(added.prediction(i), added.target(i), added.weight(i));
        }
    }

    @Override
    public long rows() {
        return rows;
    }

    /** Whether there were more pairs than are kept. */
    boolean isSampled() {
        return sampled;
    }

    /** The pairs kept, of a {@link #compacted} sample. */
    Pairs pairs() {
        return pairs;
    }

    /** The mean of the targets of all rows, whether they are kept or not. */
    double meanTarget() {
        return targetSum / weight;
    }

    /**
     * Refuses rows that have no ranks.
     *
     * @throws NotComputableException if there was a NaN, or no row counts
     */
    void check(String metric) {
        if (missing > 0) {
            throw new NotComputableException("Cannot compute " + metric
                    + ": rows with a prediction or target that is not a number (" + missing + ", expected 0)");
        }
        NotComputableException.checkWeight(metric, weight, rows);
    }

    @Override
    public void write(StateOutput output) {
        PairSample compacted = compacted();
        output.writeLong(rows);
        output.writeLong(missing);
        output.writeDouble(weight);
        output.writeDouble(targetSum);
        output.writeInt(compacted.sampled ? 1 : 0);
        compacted.pairs.write(output);
    }

    static PairSample read(int most, StateInput input) {
        PairSample read = new PairSample(most);
        read.rows = input.readLong();
        read.missing = input.readLong();
        read.weight = input.readDouble();
        read.targetSum = input.readDouble();
        int mark = input.readInt();
        input.check(mark == 0 || mark == 1, "bad mark of a sample", mark, "0 or 1");
        Pairs pairs = Pairs.read(input);
        input.check(pairs.size() <= most, "too many pairs", pairs.size(), "at most " + most);
        read.keepAll(pairs);
        read.sampled = mark == 1;
        read.compact();
        return read;
    }
}
