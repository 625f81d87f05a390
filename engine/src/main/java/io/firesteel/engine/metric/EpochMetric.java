package io.firesteel.engine.metric;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * A function of yours of all rows at once, for what no sums can say: Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.EpochMetric.html">EpochMetric</a>. It is given all rows as
 * one {@link MetricInput}: predictions (N, C), targets (N, L) or classes (N), losses (N) if there are any, and weights (N), each 1
 * if batches have none, all in float64; groups and texts aren't kept. Rows are in the order in which states are merged, which in
 * training is that of the shards, and within a shard that of its batches; the function alone decides whether that matters.
 *
 * <p>Memory grows with the rows: 8 bytes for each number of each row on the rank that has it, and on the coordinator for all
 * rows, twice as much while the function runs. Above {@value #LIMIT} numbers (or {@link #limit}) rows are let go, and the metric can't
 * be computed: it is NaN in training, with a warning, and never exhausts memory. Where there may be more rows use a metric of sums, or
 * one with {@code exactRows}. All such metrics of one limit keep the same rows, once.
 *
 * <p>Immutable; the function is called by one thread at a time for each state.
 */
public final class EpochMetric extends StateMetric<KeptRows> {
    /** How many numbers are kept without another limit: 80 MB. */
    public static final int LIMIT = 10_000_000;

    private static final int MOST = 100_000_000;

    private final Function<? super MetricInput, MetricValue> function;
    private final int limit;

    private EpochMetric(String name, int limit, Function<? super MetricInput, MetricValue> function) {
        super(name, "rows(limit=" + limit + ")");
        this.function = Objects.requireNonNull(function, "function");
        this.limit = limit;
    }

    /**
     * A number of all rows: {@code EpochMetric.of("selected", rows -> selected(rows))}.
     *
     * @param function may throw {@link NotComputableException} if these rows have no such number; isn't called without rows
     */
    public static EpochMetric of(String name, ToDoubleFunction<? super MetricInput> function) {
        Objects.requireNonNull(function, "function");
        return ofValues(name, rows -> MetricValue.of(function.applyAsDouble(rows)));
    }

    /**
     * A number of all predictions and targets: {@code EpochMetric.of("largest", (predictions, targets) -> …)}. Weights count nothing.
     *
     * @param function of predictions (N x C) and of targets (N x L) or classes (N), in row order; may change both
     */
    public static EpochMetric of(String name, ToDoubleBiFunction<double[], double[]> function) {
        Objects.requireNonNull(function, "function");
        return of(name, (MetricInput rows) -> {
            int size = rows.rows();
            return function.applyAsDouble(
                    Arrays.copyOf(rows.predictionValues(), size * rows.predictionColumns()),
                    Arrays.copyOf(rows.targetValues(), size * rows.targetColumns()));
        });
    }

    /** Several numbers of all rows. */
    public static EpochMetric ofValues(String name, Function<? super MetricInput, MetricValue> function) {
        return new EpochMetric(name, LIMIT, function);
    }

    /**
     * The same with another limit.
     *
     * @param numbers how many are kept at the most, all rows together, in [1, 100 000 000]
     */
    public EpochMetric limit(int numbers) {
        if (numbers < 1 || numbers > MOST) {
            throw new IllegalArgumentException("Invalid limit: " + numbers + " (must be in [1, " + MOST + "])");
        }
        return new EpochMetric(name(), numbers, function);
    }

    @Override
    public KeptRows zero() {
        return new KeptRows(limit);
    }

    @Override
    public void update(KeptRows state, MetricInput input) {
        state.add(input);
    }

    @Override
    protected MetricValue value(KeptRows state) {
        if (state.isDropped()) {
            throw new NotComputableException("Cannot compute " + name() + ": too many rows to keep (" + state.rows()
                    + ", expected at most " + state.most() + "; raise its limit of " + limit
                    + " numbers, or use a metric that keeps sums)");
        }
        return function.apply(state.batch());
    }

    @Override
    protected KeptRows read(StateInput input) {
        return KeptRows.read(limit, input);
    }
}
