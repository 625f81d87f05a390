package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import java.util.function.ToDoubleFunction;

/**
 * How much of the targets' variance predictions explain, 1 at best, below 0 if their mean would do better. Reads predictions (N, C),
 * targets (N, C) and weights. Both share their state.
 *
 * <ul>
 *   <li>{@code r2} is {@code 1 - sum(w d^2) / sum(w (y - mean(y))^2)}, of at least two rows, as scikit-learn's <a
 *       href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.r2_score.html">r2_score</a> and Ignite's R2Score.
 *   <li>{@code explainedVariance} is {@code 1 - sum(w (d - mean(d))^2) / sum(w (y - mean(y))^2)}, which doesn't see a constant error,
 *       as scikit-learn's <a
 *       href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.explained_variance_score.html">explained_variance_score</a>.
 * </ul>
 *
 * <p>Of constant targets, whose variance is exactly 0 here, a column's value is 1 if the numerator is 0 too and 0 if not. Misleads
 * where the targets' spread differs between the sets that are compared: the wider it is, the better the same errors look.
 */
final class ExplainedVariance extends CoMomentMetric {
    private static final String STATE = "r2";

    private final ToDoubleFunction<CoMoment> unexplained;
    private final int leastRows;

    private ExplainedVariance(
            String name, Multioutput multioutput, int leastRows, ToDoubleFunction<CoMoment> unexplained) {
        super(name, STATE, CoMoments.With.ERRORS, multioutput);
        this.leastRows = leastRows;
        this.unexplained = unexplained;
    }

    static ExplainedVariance r2(String name, Multioutput multioutput) {
        return new ExplainedVariance(
                name, multioutput, 2, column -> column.squareY() + column.weight() * column.meanY() * column.meanY());
    }

    static ExplainedVariance aboutTheMeanError(String name, Multioutput multioutput) {
        return new ExplainedVariance(name, multioutput, 1, CoMoment::squareY);
    }

    @Override
    protected MetricValue value(CoMoments state) {
        if (state.rows() < leastRows) {
            throw new NotComputableException("Cannot compute " + name() + ": too few rows (" + state.rows()
                    + ", expected at least " + leastRows + ")");
        }
        return super.value(state);
    }

    @Override
    double value(CoMoment column) {
        double numerator = unexplained.applyAsDouble(column);
        if (numerator == 0) {
            return 1;
        }
        return column.squareX() == 0 ? 0 : 1 - numerator / column.squareX();
    }
}
