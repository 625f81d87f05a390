package io.firesteel.engine.metric.aggregation;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import java.util.function.ToDoubleFunction;

/**
 * What is to be known about one column of numbers: a number, or one for each of several columns. Reads predictions (N, C), targets (N,
 * L) or losses (N), and weights. All share one state for each source. Rows of weight 0 are left out, and NaN makes the value NaN.
 *
 * <ul>
 *   <li>{@code mean}: {@code sum(w x) / sum(w)}, as Ignite's <a
 *       href="https://docs.pytorch.org/ignite/generated/ignite.metrics.Average.html">Average</a>, weighted.
 *   <li>{@code sum}: {@code sum(w x)}, as Ignite's VariableAccumulation; 0 if all weights are.
 *   <li>{@code minimum}, {@code maximum}: whatever the weights over 0 are.
 *   <li>{@code variance}: {@code sum(w (x - mean)^2) / (sum(w) - ddof)}, as NumPy's <a
 *       href="https://numpy.org/doc/stable/reference/generated/numpy.var.html">var</a>, where weights say how often a row stands in
 *       the data; {@code standardDeviation} is its root. With ddof 1 only whole weights make sense.
 * </ul>
 */
final class Aggregate extends StateMetric<Summaries> {
    private final Source source;
    private final boolean needsWeight;
    private final double least;
    private final ToDoubleFunction<Summary> value;

    private Aggregate(String name, Source source, boolean needsWeight, double least, ToDoubleFunction<Summary> value) {
        super(name, source.stateName("summary"));
        this.source = source;
        this.needsWeight = needsWeight;
        this.least = least;
        this.value = value;
    }

    /** A value that needs at least one row of some weight. */
    static Aggregate of(String name, Source source, ToDoubleFunction<Summary> value) {
        return new Aggregate(name, source, true, 0, value);
    }

    static Aggregate sum(String name, Source source) {
        return new Aggregate(name, source, false, 0, Summary::sum);
    }

    static Aggregate variance(String name, Source source, double ddof) {
        return new Aggregate(name, source, true, ddof, column -> column.square() / (column.weight() - ddof));
    }

    static Aggregate standardDeviation(String name, Source source, double ddof) {
        return new Aggregate(name, source, true, ddof, column -> Math.sqrt(column.square() / (column.weight() - ddof)));
    }

    @Override
    public Summaries zero() {
        return new Summaries();
    }

    @Override
    public void update(Summaries state, MetricInput input) {
        state.add(input, source, name());
    }

    @Override
    protected MetricValue value(Summaries state) {
        if (needsWeight) {
            NotComputableException.checkWeight(name(), state.weight(), state.rows());
        }
        if (needsWeight && state.weight() <= least) {
            throw new NotComputableException("Cannot compute " + name() + ": too few rows (total weight "
                    + state.weight() + ", expected more than " + least + ")");
        }
        double[] values = new double[state.columns()];
        for (int column = 0; column < values.length; column++) {
            values[column] = value.applyAsDouble(state.column(column));
        }
        return values.length == 1 ? MetricValue.of(values[0]) : MetricValue.of(values);
    }

    @Override
    protected Summaries read(StateInput input) {
        return Summaries.read(input);
    }
}
