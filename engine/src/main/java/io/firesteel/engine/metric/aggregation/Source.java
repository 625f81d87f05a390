package io.firesteel.engine.metric.aggregation;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricParameters;
import java.util.List;
import java.util.Locale;

/** Which of a batch's numbers are summed up. */
enum Source {
    /** The model's outputs, (N, C), as it gives them. */
    PREDICTION {
        @Override
        int columns(MetricInput input) {
            return input.predictionColumns();
        }

        @Override
        double value(MetricInput input, int row, int column) {
            return input.prediction(row, column);
        }
    },
    /** The targets, (N, L); classes as numbers. */
    TARGET {
        @Override
        int columns(MetricInput input) {
            return input.targetColumns();
        }

        @Override
        double value(MetricInput input, int row, int column) {
            return input.target(row, column);
        }
    },
    /** The rows' losses, (N). */
    LOSS {
        @Override
        int columns(MetricInput input) {
            return 1;
        }

        @Override
        double value(MetricInput input, int row, int column) {
            return input.loss(row);
        }
    };

    static final MetricParameter PARAMETER =
            MetricParameter.choice("of", List.of("prediction", "target", "loss"), "which numbers");

    static Source of(MetricParameters parameters) {
        return valueOf(parameters.text("of").toUpperCase(Locale.ROOT));
    }

    /** A state's name: that of the standard source goes without saying. */
    String stateName(String name) {
        return this == PREDICTION ? name : name + "(of=" + name().toLowerCase(Locale.ROOT) + ")";
    }

    abstract int columns(MetricInput input);

    abstract double value(MetricInput input, int row, int column);
}
