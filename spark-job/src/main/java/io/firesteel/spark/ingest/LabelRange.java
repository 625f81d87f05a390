package io.firesteel.spark.ingest;

import io.firesteel.engine.train.LossFunction;
import java.io.Serializable;

/**
 * The labels that a loss can use.
 *
 * @param lowest smallest
 * @param highest largest
 * @param expected the range in words
 */
public record LabelRange(double lowest, double highest, String expected) implements Serializable {
    /** The range for a loss and the number of the model's outputs. */
    public static LabelRange of(LossFunction loss, int outputs) {
        return switch (loss) {
            case CROSS_ENTROPY ->
                new LabelRange(
                        0,
                        outputs - 1.0,
                        "a class from 0 to " + (outputs - 1) + ": the model has " + outputs + " outputs");
            case BINARY_CROSS_ENTROPY -> new LabelRange(0, 1, "from 0 to 1 for binaryCrossEntropy");
            case MSE, L1 -> new LabelRange(-Double.MAX_VALUE, Double.MAX_VALUE, "a finite number");
        };
    }
}
