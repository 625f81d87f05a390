package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import java.util.stream.IntStream;

/**
 * A share of right decisions, by class or averaged: precision, recall, specificity, F-beta, Jaccard (which is IoU), Dice (which is
 * F1). In [0, 1]; 0 where it would be 0 / 0, as with scikit-learn's {@code zero_division=0}. With r, p, a the weights of rows
 * rightly predicted as a class, predicted as it, and of it, and t of all rows:
 *
 * <ul>
 *   <li>precision {@code r / p}, recall {@code r / a}, specificity {@code (t - p - a + r) / (t - a)};
 *   <li>F-beta {@code (1 + b²) r / (b² a + p)}, Jaccard {@code r / (p + a - r)}.
 * </ul>
 *
 * <p>Averages are scikit-learn's, but for their default, see {@link Average}. Ignite's Precision and its like give a number for each
 * class without an average: {@code average=none}. A class that is left out, Ignite's {@code ignore_index}, is missing in the result
 * only: rows of it still count as wrong for the classes that they were predicted to be.
 *
 * <p>Misleading: precision and recall one without the other; micro averages of classes, all of which are accuracy (precision, recall,
 * F-beta); specificity where a class is rare, as it is near 1 for any model. Sources: <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_recall_fscore_support.html">precision_recall_fscore_support</a>,
 * <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.jaccard_score.html">jaccard_score</a>, <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.confusion_matrix.IoU.html">IoU</a>, <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.confusion_matrix.DiceCoefficient.html">DiceCoefficient</a>.
 */
final class ClassRatio extends ConfusionMetric {
    private final Ratio ratio;
    private final Average average;
    private final int ignored;

    /**
     * Such a share.
     *
     * @param classes as {@link ConfusionMetric}
     * @param ignored the class that is left out; negative for none
     */
    ClassRatio(String name, int classes, Ratio ratio, Average average, int ignored) {
        super(name, classes);
        if (ignored >= 0 && average == Average.BINARY) {
            throw new IllegalArgumentException(
                    "Cannot set metric " + name
                            + ": average=binary is of class 1 and leaves no class out (expected another average, or no ignoreIndex)");
        }
        this.ratio = ratio;
        this.average = ignored >= 0 && average == Average.AUTO ? Average.MACRO : average;
        this.ignored = ignored;
    }

    @Override
    MetricValue value(Confusion state, Outcomes outcomes) {
        IntStream all =
                average == Average.NONE ? IntStream.range(0, outcomes.size()) : IntStream.of(outcomes.occurring());
        int[] labels = all.filter(label -> label != ignored).toArray();
        if (labels.length == 0) {
            throw new NotComputableException("Cannot compute " + name() + ": no class is left beside the ignored one ("
                    + ignored + ", expected at least one)");
        }
        return average.value(ratio, outcomes, labels, name());
    }
}
