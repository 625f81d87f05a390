package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.ColumnSums;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
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
            state.add(column, everywhere ? sum(input, column) : sumOfDefined(state, input, column));
        }
    }

    private double sum(MetricInput input, int column) {
        DoubleBinaryOperator of = error.error();
        double sum = 0;
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            if (weight > 0) {
                sum += weight * of.applyAsDouble(input.target(row, column), input.prediction(row, column));
            }
        }
        return sum;
    }

    private double sumOfDefined(ColumnSums state, MetricInput input, int column) {
        double sum = 0;
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            double target = input.target(row, column);
            double prediction = input.prediction(row, column);
            if (weight > 0 && error.domain().test().contains(target, prediction)) {
                sum += weight * error.error().applyAsDouble(target, prediction);
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
