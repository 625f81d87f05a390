package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.PredictionKind;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Rows of a batch as logarithms of probabilities, which keep apart what as probabilities would all be 0. */
final class Distributions {
    /** What a sum of float32 probabilities may be off by. */
    private static final double TOLERANCE = 1e-4;

    static final MetricParameter TARGETS =
            MetricParameter.choice("targets", List.of("probabilities", "logits"), "what the targets are");

    private Distributions() {}

    /** Of what the model predicts, into an array of {@link MetricInput#predictedClasses()} elements. */
    static void ofPredictions(MetricInput input, int row, double[] into) {
        if (input.predictionKind() == PredictionKind.LOGITS) {
            logSoftmax(column -> input.prediction(row, column), input.predictionColumns(), into);
            return;
        }
        input.probabilities(row, into);
        logarithms(into);
    }

    /** Of targets that are logits, as many columns as the predictions have. */
    static void ofLogits(MetricInput input, int row, double[] into) {
        logSoftmax(column -> input.target(row, column), input.targetColumns(), into);
    }

    /**
     * Of targets that are probabilities, as many columns as the predictions have.
     *
     * @throws IllegalArgumentException if one is negative, or they don't sum up to 1
     */
    static void ofProbabilities(MetricInput input, int row, double[] into) {
        int columns = input.targetColumns();
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            double probability = input.target(row, column);
            check(probability >= 0 && probability <= 1 + TOLERANCE, probability, row, "in [0, 1]");
            into[columns == 1 ? 1 : column] = probability;
            sum += probability;
        }
        if (columns == 1) {
            into[0] = Math.max(0, 1 - sum);
        } else {
            check(Math.abs(sum - 1) <= TOLERANCE, sum, row, "1 in sum");
        }
        logarithms(into);
    }

    private static void check(boolean valid, double value, int row, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("Invalid target probability: " + value + " in row " + row
                    + " of a batch (must be " + expected + "; logits need targets=logits)");
        }
    }

    private static void logarithms(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.log(values[i]);
        }
    }

    private static void logSoftmax(IntToDoubleFunction logits, int columns, double[] into) {
        if (columns == 1) {
            into[0] = 0;
            into[1] = logits.applyAsDouble(0);
        } else {
            for (int column = 0; column < columns; column++) {
                into[column] = logits.applyAsDouble(column);
            }
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : into) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (double logit : into) {
            sum += Math.exp(logit - largest);
        }
        double logSum = largest + Math.log(sum);
        for (int i = 0; i < into.length; i++) {
            into[i] -= logSum;
        }
    }

    /** {@code -sum(p ln p)} in nats, where 0 ln 0 is 0. */
    static double entropy(double[] logarithms) {
        double entropy = 0;
        for (double logarithm : logarithms) {
            double probability = Math.exp(logarithm);
            entropy -= probability == 0 ? 0 : probability * logarithm;
        }
        return entropy;
    }

    /** {@code sum(q (ln q - ln p))} in nats; infinite where p is 0 and q isn't. */
    static double divergence(double[] logQ, double[] logP) {
        double divergence = 0;
        for (int i = 0; i < logQ.length; i++) {
            double probability = Math.exp(logQ[i]);
            divergence += probability == 0 ? 0 : probability * (logQ[i] - logP[i]);
        }
        return divergence;
    }
}
