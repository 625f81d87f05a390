package io.firesteel.engine.handler;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/** All losses that it has seen, in order, and how often it was asked. */
final class ListMetric extends StateMetric<ListMetric.Losses> {
    private int updates;
    private int resets;
    private int computed;

    ListMetric() {
        super("list");
    }

    /** Grows with the rows. */
    static final class Losses implements MetricState<Losses> {
        private double[] values;

        Losses(double[] values) {
            this.values = values;
        }

        double[] values() {
            return values;
        }

        void add(double value) {
            values = Arrays.copyOf(values, values.length + 1);
            values[values.length - 1] = value;
        }

        @Override
        public Losses plus(Losses other) {
            Losses both = new Losses(values.clone());
            Arrays.stream(other.values()).forEach(both::add);
            return both;
        }

        @Override
        public long rows() {
            return values().length;
        }

        @Override
        public void write(StateOutput output) {
            output.writeInt(values().length);
            output.writeDoubles(values());
        }
    }

    @Override
    public Losses zero() {
        resets++;
        return new Losses(new double[0]);
    }

    @Override
    public void update(Losses state, MetricInput input) {
        updates++;
        for (int row = 0; row < input.rows(); row++) {
            state.add(input.loss(row));
        }
    }

    @Override
    protected MetricValue value(Losses state) {
        computed++;
        return MetricValue.of(state.values());
    }

    @Override
    protected Losses read(StateInput input) {
        return new Losses(input.readDoubles(input.readCount(Double.BYTES)));
    }

    int updates() {
        return updates;
    }

    /** Without the one that begins. */
    int resets() {
        return resets - 1;
    }

    int computed() {
        return computed;
    }
}
