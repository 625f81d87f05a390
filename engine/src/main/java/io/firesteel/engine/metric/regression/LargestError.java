package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import io.firesteel.engine.metric.StateOutput;

/**
 * {@code max |y - p|} over all rows and columns, in [0, ∞), the target's unit. Reads predictions (N, C), targets (N, C) and weights,
 * of which only matters whether they are 0: such a row is left out. NaN counts as larger than any number. It is the error of one row,
 * and grows with the number of rows. As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.max_error.html">max_error</a> and Ignite's
 * MaximumAbsoluteError.
 */
final class LargestError extends StateMetric<LargestError.State> {
    LargestError(String name) {
        super(name);
    }

    /** The largest so far, of the rows that count. */
    static final class State implements MetricState<State> {
        private double largest;
        private double weight;
        private long rows;

        @Override
        public State plus(State other) {
            State merged = new State();
            merged.largest = Math.max(largest, other.largest);
            merged.weight = weight + other.weight;
            merged.rows = Math.addExact(rows, other.rows);
            return merged;
        }

        @Override
        public long rows() {
            return rows;
        }

        @Override
        public void write(StateOutput output) {
            output.writeDouble(largest);
            output.writeDouble(weight);
            output.writeLong(rows);
        }
    }

    @Override
    public State zero() {
        return new State();
    }

    @Override
    public void update(State state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        int columns = input.pairedColumns(name());
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.weight += weight;
            state.rows++;
            for (int column = 0; column < columns && weight > 0; column++) {
                double error = Math.abs(input.target(row, column) - input.prediction(row, column));
                state.largest = Math.max(state.largest, error);
            }
        }
    }

    @Override
    protected MetricValue value(State state) {
        NotComputableException.checkWeight(name(), state.weight, state.rows);
        return MetricValue.of(state.largest);
    }

    @Override
    protected State read(StateInput input) {
        State state = new State();
        state.largest = input.readDouble();
        state.weight = input.readDouble();
        state.rows = input.readLong();
        return state;
    }
}
