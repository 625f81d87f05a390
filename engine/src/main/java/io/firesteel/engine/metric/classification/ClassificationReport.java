package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Precision, recall, F1 and support (the weight of its rows) of each class that occurs, and of all: fields named as in scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.classification_report.html">classification_report</a> with
 * {@code output_dict=True}. {@code {"0": {"precision", "recall", "f1-score", "support"}, …, "accuracy", "macro avg", "weighted avg"}};
 * of rows of several labels {@code "micro avg"} stands for {@code "accuracy"}, and {@code "samples avg"} is the mean over rows.
 * Values and averages are those of {@link ClassRatio}.
 */
final class ClassificationReport extends ConfusionMetric {
    ClassificationReport(String name, int classes) {
        super(name, classes);
    }

    @Override
    MetricValue value(Confusion state, Outcomes outcomes) {
        int[] labels = outcomes.occurring();
        double support = 0;
        Map<String, MetricValue> report = new LinkedHashMap<>();
        for (int label : labels) {
            report.put(Integer.toString(label), line(Average.MACRO, outcomes, outcomes.actual(label), label));
            support += outcomes.actual(label);
        }
        if (outcomes.isMultilabel()) {
            report.put("micro avg", line(Average.MICRO, outcomes, support, labels));
        } else {
            report.put("accuracy", MetricValue.of(outcomes.together(Ratio.RECALL, labels)));
        }
        report.put("macro avg", line(Average.MACRO, outcomes, support, labels));
        report.put("weighted avg", line(Average.WEIGHTED, outcomes, support, labels));
        if (outcomes.isMultilabel()) {
            double[] means = state.labels().sampleMeans();
            report.put("samples avg", line(means[0], means[1], means[2], support));
        }
        return MetricValue.of(report);
    }

    private MetricValue line(Average average, Outcomes outcomes, double support, int... labels) {
        return line(
                average.value(Ratio.PRECISION, outcomes, labels, name()).number(),
                average.value(Ratio.RECALL, outcomes, labels, name()).number(),
                average.value(Ratio.F1, outcomes, labels, name()).number(),
                support);
    }

    private static MetricValue line(double precision, double recall, double f1, double support) {
        Map<String, MetricValue> line = new LinkedHashMap<>();
        line.put("precision", MetricValue.of(precision));
        line.put("recall", MetricValue.of(recall));
        line.put("f1-score", MetricValue.of(f1));
        line.put("support", MetricValue.of(support));
        return MetricValue.of(line);
    }
}
