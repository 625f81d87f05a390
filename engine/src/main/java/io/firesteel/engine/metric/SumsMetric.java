package io.firesteel.engine.metric;

/** A metric that is a function of a fixed number of sums over rows; a subclass says what is added and what the value is. */
public abstract class SumsMetric extends StateMetric<Sums> {
    private final int count;

    /**
     * A metric with sums of its own.
     *
     * @param name as {@link Metric#name()}
     * @param count how many sums
     */
    protected SumsMetric(String name, int count) {
        this(name, name, count);
    }

    /** A metric of sums that others read as well. */
    protected SumsMetric(String name, String stateName, int count) {
        super(name, stateName);
        this.count = count;
    }

    @Override
    public final Sums zero() {
        return new Sums(count);
    }

    @Override
    public final void update(Sums state, MetricInput input) {
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.count(weight);
            add(state, input, row, weight);
        }
    }

    /** Adds a row to the sums; its weight is counted already. */
    protected abstract void add(Sums state, MetricInput input, int row, double weight);

    @Override
    protected final Sums read(StateInput input) {
        return Sums.read(count, input);
    }
}
