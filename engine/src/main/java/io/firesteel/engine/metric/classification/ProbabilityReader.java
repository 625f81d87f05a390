package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.PredictionKind;

/** The classes of a batch's rows and how likely the model takes each class to be, for a metric of probabilities. */
final class ProbabilityReader {
    private final MetricInput input;
    private final double[] probabilities;

    /**
     * Reads a batch.
     *
     * @param metric for which, in messages
     * @throws IllegalArgumentException if rows have several labels each
     * @throws IllegalStateException if the predictions are classes
     */
    ProbabilityReader(MetricInput input, String metric) {
        ClassRange.checkOneClass(input, metric);
        if (input.predictionKind() == PredictionKind.CLASSES) {
            throw new IllegalStateException(
                    "Cannot compute " + metric + ": the predictions are classes (expected probabilities or logits)");
        }
        this.input = input;
        this.probabilities = new double[input.predictedClasses()];
    }

    /** The class that a row is of. */
    int label(int row) {
        return ClassRange.label(input, row, probabilities.length);
    }

    /** The probabilities of all classes, 2 of them if the predictions have one column, in one array for all rows. */
    double[] row(int row) {
        input.probabilities(row, probabilities);
        for (double probability : probabilities) {
            if (probability < 0 || probability > 1) {
                throw new IllegalArgumentException("Invalid probability: " + probability + " in row " + row
                        + " of a batch (must be in [0, 1]; say if predictions are logits)");
            }
        }
        return probabilities;
    }
}
