package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import java.util.stream.IntStream;

/**
 * The mean over classes of the share of their rows that were predicted right, in [0, 1]: recall, averaged over the classes whose
 * rows have any weight. Adjusted it is 0 for guessing and 1 for all right, {@code (b - 1/n) / (1 - 1/n)} of n such classes; one
 * class alone has no such value. Misleads where mistakes in a frequent class cost more in all. As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.balanced_accuracy_score.html">balanced_accuracy_score</a>.
 */
final class BalancedAccuracy extends ConfusionMetric {
    private final boolean adjusted;

    BalancedAccuracy(String name, int classes, boolean adjusted) {
        super(name, classes);
        this.adjusted = adjusted;
    }

    @Override
    MetricValue value(Confusion state, Outcomes outcomes) {
        matrix(state);
        int[] classes = IntStream.of(outcomes.occurring())
                .filter(label -> outcomes.actual(label) > 0)
                .toArray();
        double mean = Outcomes.mean(outcomes.values(Ratio.RECALL, classes));
        if (!adjusted) {
            return MetricValue.of(mean);
        }
        if (classes.length == 1) {
            throw new NotComputableException("Cannot compute " + name() + ": all rows are of one class (" + classes[0]
                    + ", expected two classes)");
        }
        double chance = 1.0 / classes.length;
        return MetricValue.of((mean - chance) / (1 - chance));
    }
}
