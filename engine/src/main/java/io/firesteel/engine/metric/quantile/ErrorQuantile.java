package io.firesteel.engine.metric.quantile;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import io.firesteel.engine.metric.distribution.Distributions;
import io.firesteel.engine.metric.distribution.Steps;

/**
 * A weighted quantile of the size of errors, &gt;= 0: of {@code |p - y|}, or of {@code 100 * |p - y| / |y|}, the median or another one.
 * Reads predictions and targets (N, L) and weights; of L &gt; 1 columns the mean of the columns' quantiles. Rows far off don't move
 * it, which is why it is asked for, and why it misleads where rare large errors are what costs.
 *
 * <p>A quantile is the least value up to which at least a share q of the weight lies; if it is q exactly, the mean of that value
 * and the next. So the median of an even number of rows is the mean of the middle two. A wrong prediction of a target 0 has an
 * infinite relative error, a right one 0; an infinite quantile is refused.
 *
 * <p>Exact up to {@code exactRows} rows times columns. Above, errors are known to 2^-13 of their size, and {@code errorBound} says how
 * far the exact value is away at the most. The median of absolute errors equals scikit-learn's
 * <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.median_absolute_error.html">median_absolute_error</a>, that of
 * relative ones Ignite's
 * <a href="https://docs.pytorch.org/ignite/generated/ignite.metrics.regression.MedianAbsolutePercentageError.html">MedianAbsolutePercentageError</a>.
 */
final class ErrorQuantile extends StateMetric<Distributions> {
    private final int exactRows;
    private final double q;
    private final ErrorSize size;

    ErrorQuantile(MetricParameters parameters, ErrorSize size, double q) {
        super(parameters.metricName(), size.stateName() + "(exactRows=" + parameters.integer("exactRows") + ")");
        this.exactRows = parameters.integer("exactRows");
        this.size = size;
        this.q = q;
    }

    @Override
    public Distributions zero() {
        return new Distributions(exactRows);
    }

    @Override
    public void update(Distributions state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        int columns = input.targetColumns();
        if (input.predictionColumns() != columns) {
            throw new IllegalArgumentException("Cannot compute " + name()
                    + ": predictions and targets differ in columns (" + input.predictionColumns() + ", expected "
                    + columns + ")");
        }
        state.shape(columns, 1);
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            for (int column = 0; column < columns; column++) {
                double error = size.of(input.prediction(row, column), input.target(row, column));
                state.add(column, error, 0, weight);
            }
        }
        state.count(input.rows());
    }

    @Override
    protected MetricValue value(Distributions state) {
        state.checkOrder(name());
        double value = 0;
        double bound = 0;
        for (int column = 0; column < state.columns(); column++) {
            Steps steps = state.column(column).steps();
            NotComputableException.checkWeight(name(), steps.total(0), state.rows());
            Quantile quantile = Quantile.of(steps, q);
            value += quantile.value() / state.columns();
            bound += quantile.bound() / state.columns();
        }
        if (Double.isInfinite(value)) {
            throw new NotComputableException("Cannot compute " + name() + ": errors of " + q
                    + " of the rows aren't bounded (" + value + ", expected a number)");
        }
        return state.isBinned() ? MetricValue.bounded(value, bound) : MetricValue.of(value);
    }

    @Override
    protected Distributions read(StateInput input) {
        return Distributions.read(exactRows, input);
    }
}
