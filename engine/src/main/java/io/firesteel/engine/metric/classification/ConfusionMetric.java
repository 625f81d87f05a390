package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;

/**
 * A metric that a confusion matrix is enough for. All of them read one state, which is counted, sent and merged once: 8 C² bytes
 * for C classes (at most 4096 of them), 24 L bytes for L labels. Reads predictions (N, C) and classes (N), where the class that the
 * model decides on counts, as {@link MetricInput#predictedClass} says; or predictions and targets (N, L &gt; 1), where each label
 * is predicted if its probability is over 0.5, and so if its target is &gt;= 0.5. Targets (N, 1) are classes and must be whole
 * numbers.
 *
 * <p>C is {@code classes} if that is given; then rows with another label (such as 255 for "don't know") don't count, as in Ignite's
 * ConfusionMatrix. Without it C is the number of columns of the predictions (2 for one column), or one more than the largest
 * class if they are classes, and other labels are refused.
 */
abstract class ConfusionMetric extends StateMetric<Confusion> {
    private final int classes;

    /**
     * A metric of the confusion matrix.
     *
     * @param classes C; 0 to learn it from the rows
     */
    ConfusionMetric(String name, int classes) {
        super(name, classes == 0 ? "confusion" : "confusion(classes=" + classes + ")");
        this.classes = classes;
    }

    @Override
    public final Confusion zero() {
        return new Confusion(classes);
    }

    @Override
    public final void update(Confusion state, MetricInput input) {
        state.update(input);
    }

    @Override
    protected final Confusion read(StateInput input) {
        return Confusion.read(classes, input);
    }

    @Override
    protected final MetricValue value(Confusion state) {
        Outcomes outcomes = state.outcomes();
        NotComputableException.checkWeight(name(), outcomes.total(), state.rows());
        return value(state, outcomes);
    }

    /** The value of rows that have any weight. */
    abstract MetricValue value(Confusion state, Outcomes outcomes);

    /** The matrix, for a metric that rows of several labels don't have. */
    final ClassTable matrix(Confusion state) {
        if (state.isMultilabel()) {
            throw new NotComputableException("Cannot compute " + name() + ": rows have several labels each ("
                    + state.labels().size() + ", expected one class)");
        }
        return state.classes();
    }
}
