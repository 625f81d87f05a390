package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How the shares of classes become a value. Means are over the classes that occur, in labels or in predictions, as in
 * scikit-learn; values by class are of all C classes, so that an index is a class.
 */
enum Average {
    /** {@link #BINARY} of two classes, {@link #MACRO} of more and of labels: always one number. */
    AUTO {
        @Override
        MetricValue value(Ratio ratio, Outcomes outcomes, int[] labels, String metric) {
            return (outcomes.isBinary() ? BINARY : MACRO).value(ratio, outcomes, labels, metric);
        }
    },
    /** Class 1 of two. */
    BINARY {
        @Override
        MetricValue value(Ratio ratio, Outcomes outcomes, int[] labels, String metric) {
            if (!outcomes.isBinary()) {
                throw new NotComputableException("Cannot compute " + metric + ": too many "
                        + (outcomes.isMultilabel() ? "labels" : "classes") + " for average=binary (" + outcomes.size()
                        + ", expected 2 classes; macro, micro, weighted and none are for more)");
            }
            return MetricValue.of(outcomes.value(ratio, 1));
        }
    },
    /** Their mean. */
    MACRO {
        @Override
        MetricValue value(Ratio ratio, Outcomes outcomes, int[] labels, String metric) {
            return MetricValue.of(Outcomes.mean(outcomes.values(ratio, labels)));
        }
    },
    /** The share of all classes taken together. */
    MICRO {
        @Override
        MetricValue value(Ratio ratio, Outcomes outcomes, int[] labels, String metric) {
            return MetricValue.of(outcomes.together(ratio, labels));
        }
    },
    /** Their mean, weighted by how many rows are of each class. */
    WEIGHTED {
        @Override
        MetricValue value(Ratio ratio, Outcomes outcomes, int[] labels, String metric) {
            double[] values = outcomes.values(ratio, labels);
            double[] weights = outcomes.actual(labels);
            double sum = 0;
            double weight = 0;
            for (int i = 0; i < values.length; i++) {
                sum += weights[i] * values[i];
                weight += weights[i];
            }
            return MetricValue.of(weight == 0 ? Outcomes.mean(values) : sum / weight);
        }
    },
    /** Each of them. */
    NONE {
        @Override
        MetricValue value(Ratio ratio, Outcomes outcomes, int[] labels, String metric) {
            return MetricValue.of(outcomes.values(ratio, labels));
        }
    };

    /** The name as users write it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Average of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** All names. */
    static List<String> texts() {
        return Stream.of(values()).map(Average::text).toList();
    }

    /**
     * The value of some classes.
     *
     * @param labels at least one of them
     * @throws NotComputableException if the data isn't what this average is for
     */
    abstract MetricValue value(Ratio ratio, Outcomes outcomes, int[] labels, String metric);
}
