package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of several columns' values, in scikit-learn's terms. */
enum Multioutput {
    /** Their mean: scikit-learn's {@code uniform_average}. */
    UNIFORM,
    /** All of them: scikit-learn's {@code raw_values}. */
    RAW,
    /** Their mean, weighted by the variance of the column's targets: scikit-learn's {@code variance_weighted}. */
    VARIANCE;

    private static final String NAME = "multioutput";

    static final MetricParameter MEAN_OR_RAW = MetricParameter.choice(
            NAME, List.of("uniform", "raw"), "of several columns: their mean, or each column's value");
    static final MetricParameter ANY = MetricParameter.choice(
            NAME,
            List.of("uniform", "raw", "variance"),
            "of several columns: their mean, each column's value, or the mean weighted by the targets' variances");

    static Multioutput of(MetricParameters parameters) {
        return valueOf(parameters.text(NAME).toUpperCase(Locale.ROOT));
    }

    MetricValue value(double[] columns) {
        return this == RAW
                ? MetricValue.of(columns)
                : MetricValue.of(Arrays.stream(columns).sum() / columns.length);
    }

    /** The same, with variances; if all are 0, they count alike. */
    MetricValue value(double[] columns, double[] variances) {
        double total = Arrays.stream(variances).sum();
        if (this != VARIANCE || total == 0) {
            return this == RAW ? RAW.value(columns) : UNIFORM.value(columns);
        }
        double sum = 0;
        for (int i = 0; i < columns.length; i++) {
            sum += columns[i] * variances[i];
        }
        return MetricValue.of(sum / total);
    }
}
