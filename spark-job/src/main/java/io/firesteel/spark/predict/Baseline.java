package io.firesteel.spark.predict;

import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.train.LossFunction;
import java.io.Serializable;

/**
 * A prediction that stands in a column of the data, to compare models with: last week's value, a rule of thumb, another system's.
 *
 * @param column its name; numbers
 * @param kind what the numbers are
 */
public record Baseline(String column, PredictionKind kind) implements Serializable {
    /** A column of classes for crossEntropy, of probabilities for binaryCrossEntropy, of values for other losses. */
    public static Baseline of(String column, LossFunction loss) {
        return new Baseline(
                column,
                switch (loss) {
                    case CROSS_ENTROPY -> PredictionKind.CLASSES;
                    case BINARY_CROSS_ENTROPY -> PredictionKind.PROBABILITIES;
                    case MSE, L1 -> PredictionKind.LOGITS;
                });
    }
}
