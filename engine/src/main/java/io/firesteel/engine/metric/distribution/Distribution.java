package io.firesteel.engine.metric.distribution;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/**
 * How numbers are distributed in each of some lanes, such as the scores of each class: all of them, or, after {@link #toBins}, a
 * histogram.
 */
public final class Distribution {
    private final int lanes;
    /** Null if there are bins. */
    private WeightedValues[] exact;

    private ValueBins bins;

    Distribution(int lanes) {
        this.lanes = lanes;
        this.exact = new WeightedValues[lanes];
        Arrays.setAll(exact, lane -> new WeightedValues());
    }

    private Distribution(int lanes, WeightedValues[] exact, ValueBins bins) {
        this.lanes = lanes;
        this.exact = exact;
        this.bins = bins;
    }

    /**
     * Of values with weights, in one lane.
     *
     * @param values none NaN
     */
    public static Distribution of(double[] values, double[] weights) {
        Distribution distribution = new Distribution(1);
        for (int i = 0; i < values.length; i++) {
            distribution.add(values[i], 0, weights[i]);
        }
        return distribution;
    }

    void add(double value, int lane, double weight) {
        double unsignedZero = value + 0.0;
        if (bins != null) {
            bins.add(unsignedZero, lane, weight);
        } else {
            exact[lane].add(unsignedZero, weight);
        }
    }

    /** Adds many, none of them -0. */
    void add(double[] values, int[] laneOf, double[] weights, int count) {
        if (bins != null) {
            bins.add(values, laneOf, weights, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            exact[laneOf[i]].add(values[i], weights[i]);
        }
    }

    /** Goes on as a histogram. */
    void toBins() {
        bins = binned();
        exact = null;
    }

    /** Sums of weights that aren't counts depend on the order of adding, so this one isn't that in which rows came. */
    private ValueBins binned() {
        if (bins != null) {
            return bins;
        }
        ValueBins made = new ValueBins(lanes);
        for (int lane = 0; lane < lanes; lane++) {
            made.addAll(lane, exact[lane].isCounts() ? exact[lane] : exact[lane].sorted());
        }
        return made;
    }

    /** Of both together; both stay as they are. */
    public Distribution plus(Distribution other) {
        if (bins != null || other.bins != null) {
            return new Distribution(lanes, null, binned().plus(other.binned()));
        }
        WeightedValues[] both = new WeightedValues[lanes];
        Arrays.setAll(both, lane -> exact[lane].plus(other.exact[lane]));
        return new Distribution(lanes, both, null);
    }

    /** All values in order. */
    public Steps steps() {
        return bins != null ? bins.steps() : Steps.of(sorted());
    }

    private WeightedValues[] sorted() {
        return Arrays.stream(exact).map(WeightedValues::sorted).toArray(WeightedValues[]::new);
    }

    void write(StateOutput output) {
        if (bins != null) {
            bins.write(output);
            return;
        }
        for (WeightedValues values : sorted()) {
            values.write(output);
        }
    }

    static Distribution read(int lanes, boolean binned, StateInput input) {
        if (binned) {
            return new Distribution(lanes, null, ValueBins.read(lanes, input));
        }
        WeightedValues[] exact = new WeightedValues[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            exact[lane] = WeightedValues.read(input);
        }
        return new Distribution(lanes, exact, null);
    }
}
