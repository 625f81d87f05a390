package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.WeightedMean;

/**
 * The weighted mean over rows of a share that each row has over its own labels: the average {@code samples} of precision, recall, F-beta
 * and Jaccard. In [0, 1]; a row where it is 0 / 0 has 0. Reads predictions (N, L) and targets (N, L), L &gt; 1. As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_recall_fscore_support.html">precision_recall_fscore_support</a>
 * with {@code average="samples"}.
 */
final class SampleRatio extends MeanMetric {
    private final Ratio ratio;

    SampleRatio(String name, Ratio ratio) {
        super(name);
        this.ratio = ratio;
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        if (!input.isMultilabel()) {
            throw new IllegalArgumentException("Cannot compute " + name()
                    + ": rows have one label each (expected targets of several columns; other averages are for one)");
        }
        int labels = input.pairedColumns(name());
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.add(weight * LabelRow.of(input, row, labels).value(ratio), weight);
        }
    }
}
