package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table (2, 2) for each label, or for each class against all others, under its index: {@code {"0": [[tn, fp], [fn, tp]], …}},
 * in weights of rows. As scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.multilabel_confusion_matrix.html">multilabel_confusion_matrix</a>
 * with {@code labels=range(C)}.
 */
final class MultilabelConfusionMatrix extends ConfusionMetric {
    MultilabelConfusionMatrix(String name, int classes) {
        super(name, classes);
    }

    @Override
    MetricValue value(Confusion state, Outcomes outcomes) {
        Map<String, MetricValue> tables = new LinkedHashMap<>();
        for (int label = 0; label < outcomes.size(); label++) {
            double right = outcomes.right(label);
            tables.put(Integer.toString(label), MetricValue.of(new double[][] {
                {outcomes.rightlyNot(label), outcomes.predicted(label) - right},
                {outcomes.actual(label) - right, right}
            }));
        }
        return MetricValue.of(tables);
    }
}
