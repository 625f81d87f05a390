package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricValue;

/**
 * Matthews' correlation of labels and predictions in [-1, 1], for two classes and, after Gorodkin, for more: with c the weight of rows
 * predicted right, s of all rows, t and p of those that are of a class or predicted to be, {@code (c s - sum(t p)) / sqrt((s² - sum(p²))
 * (s² - sum(t²)))}. 1 is full agreement, 0 that of chance; 0 also if labels or predictions are all of one class. Its least value is
 * above -1 for more than two classes. As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.matthews_corrcoef.html">matthews_corrcoef</a>.
 */
final class Matthews extends ConfusionMetric {
    Matthews(String name, int classes) {
        super(name, classes);
    }

    @Override
    MetricValue value(Confusion state, Outcomes outcomes) {
        matrix(state);
        double right = 0;
        double both = 0;
        double predicted = 0;
        double actual = 0;
        for (int label = 0; label < outcomes.size(); label++) {
            right += outcomes.right(label);
            both += outcomes.actual(label) * outcomes.predicted(label);
            predicted += outcomes.predicted(label) * outcomes.predicted(label);
            actual += outcomes.actual(label) * outcomes.actual(label);
        }
        double all = outcomes.total() * outcomes.total();
        double spread = (all - predicted) * (all - actual);
        return MetricValue.of(spread == 0 ? 0 : (right * outcomes.total() - both) / Math.sqrt(spread));
    }
}
