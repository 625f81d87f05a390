package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricInput;
import java.io.Serializable;
import java.util.function.DoubleConsumer;

/** Makes numbers of a row of a batch: the columns of one row, or of several, one after the other. */
@FunctionalInterface
interface RowReader extends Serializable {
    void read(MetricInput input, int row, DoubleConsumer into);

    /** Prediction, target and weight. */
    static RowReader ofPair() {
        return (input, row, into) -> {
            into.accept(input.prediction(row, 0));
            into.accept(input.target(row, 0));
            into.accept(input.weight(row));
        };
    }

    /** How wrong a prediction is, and the weight. */
    static RowReader ofError(ErrorSize size, int column) {
        return (input, row, into) -> {
            into.accept(size.of(input.prediction(row, column), input.target(row, column)));
            into.accept(input.weight(row));
        };
    }

    /** How wrong a prediction is, over how wrong the mean of all targets is, and the weight. */
    static RowReader ofRelativeError(double meanTarget) {
        return (input, row, into) -> {
            double error = Math.abs(input.prediction(row, 0) - input.target(row, 0));
            double ofMean = Math.abs(input.target(row, 0) - meanTarget);
            into.accept(error == ofMean ? 1 : error / ofMean);
            into.accept(input.weight(row));
        };
    }

    /** Of each label of some, its score, whether the row has it, and the weight. */
    static RowReader ofLabels(int from, int to) {
        return (input, row, into) -> {
            for (int label = from; label < to; label++) {
                into.accept(input.prediction(row, label));
                into.accept(input.wantedLabel(row, label) ? 1 : 0);
                into.accept(input.weight(row));
            }
        };
    }

    /** Of each class of some, its probability, whether the row is of it, and the weight. */
    static RowReader ofClasses(int from, int to) {
        return (input, row, into) -> {
            double[] probabilities = new double[input.predictedClasses()];
            input.probabilities(row, probabilities);
            for (int ofClass = from; ofClass < to; ofClass++) {
                into.accept(probabilities[ofClass]);
                into.accept(input.classLabel(row) == ofClass ? 1 : 0);
                into.accept(input.weight(row));
            }
        };
    }

    /** The probability of a class, the class that the row is of, and the weight. */
    static RowReader ofClass(int ofClass) {
        return (input, row, into) -> {
            double[] probabilities = new double[input.predictedClasses()];
            input.probabilities(row, probabilities);
            into.accept(probabilities[ofClass]);
            into.accept((double) input.classLabel(row));
            into.accept(input.weight(row));
        };
    }

    /** How the size of an error is told, as the metrics of its quantiles do. */
    enum ErrorSize {
        ABSOLUTE {
            @Override
            double of(double prediction, double target) {
                return Math.abs(prediction - target);
            }
        },
        PERCENT {
            @Override
            double of(double prediction, double target) {
                double error = Math.abs(prediction - target);
                return error == 0 ? 0 : 100 * error / Math.abs(target);
            }
        };

        abstract double of(double prediction, double target);
    }
}
