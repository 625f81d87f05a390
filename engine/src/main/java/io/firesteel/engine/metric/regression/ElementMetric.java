package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.ColumnSums;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A metric that adds up what each prediction is off by. Reads predictions (N, C), targets (N, C) and weights; which errors there
 * are, with formula, range and source, stands in {@link ElementErrors}. Metrics of the same errors share their state.
 */
final class ElementMetric extends StateMetric<ColumnSums> {
    private final ElementError error;
    private final Reduction reduction;
    private final boolean everywhere;

    /** What becomes of the sums. */
    @FunctionalInterface
    private interface Reduction {
        MetricValue value(ColumnSums state, String metric);
    }

    private ElementMetric(String name, ElementError error, Reduction reduction) {
        super(name, error.state());
        this.error = error;
        this.reduction = reduction;
        this.everywhere = error.domain().equals(Domain.ANY);
    }

    /** Per column {@code finish(sum(w error) / sum(w))}. */
    static ElementMetric mean(String name, ElementError error, Multioutput multioutput, DoubleUnaryOperator finish) {
        return new ElementMetric(
                name,
                error,
                (state, metric) -> multioutput.value(
                        Arrays.stream(state.means(metric)).map(finish).toArray()));
    }

    /** {@code sum(w error)} over all rows and columns. */
    static ElementMetric total(String name, ElementError error) {
        return new ElementMetric(name, error, (state, metric) -> {
            double total = 0;
            for (int column = 0; column < state.size(); column++) {
                total += state.sum(column);
            }
            return MetricValue.of(total);
        });
    }

    @Override
    public ColumnSums zero() {
        return new ColumnSums();
    }

    @Override
    public void update(ColumnSums state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        int columns = input.pairedColumns(name());
        state.shape(name(), columns);
        for (int row = 0; row < input.rows(); row++) {
            state.count(input.weight(row));
        }
        for (int column = 0; column < columns; column++) {
            state.add(column, sum(state, input, column));
        }
    }

    private double sum(ColumnSums state, MetricInput input, int column) {
        boolean weighted = input.hasWeights();
        int width = input.predictionColumns();
        double[] targets = input.targetValues();
        double[] predictions = input.predictionValues();
        double[] weights = weighted ? input.rowWeights() : targets;
        double sum = 0;
        for (int row = 0, i = column; row < input.rows(); row++, i += width) {
            double weight = weighted ? weights[row] : 1;
            if (weight > 0 && (everywhere || error.domain().test().contains(targets[i], predictions[i]))) {
                sum += weight * error.error().applyAsDouble(targets[i], predictions[i]);
            } else if (weight > 0) {
                state.refuse();
            }
        }
        return sum;
    }

    @Override
    protected MetricValue value(ColumnSums state) {
        state.checkNoneRefused(name(), error.domain().expected());
        return reduction.value(state, name());
    }

    @Override
    protected ColumnSums read(StateInput input) {
        return ColumnSums.read(input);
    }
}
