package io.firesteel.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import java.nio.LongBuffer;

/**
 * The losses that a job file can name. Each is one value per row; a step averages them with the row weights. They equal
 * <a href="https://docs.pytorch.org/docs/stable/nn.functional.html#loss-functions">torch.nn.functional</a>'s with
 * {@code reduction="none"}, averaged over the columns C of a row.
 */
public enum LossFunction {
    /** Softmax cross entropy of logits (N, C) and class labels int64 (N). */
    CROSS_ENTROPY("crossEntropy", ElementType.INT64) {
        @Override
        NDArray perRow(NDArray predictions, NDArray labels) {
            NDArray classes = labels.reshape(labels.size(), 1);
            return predictions.logSoftmax(1).gather(classes, 1).flatten().neg();
        }

        @Override
        NDArray probabilities(NDArray logits) {
            return logits.softmax(1);
        }

        @Override
        void check(Batch batch, int outputs) {
            LongBuffer classes = batch.longLabels();
            if (!areClasses(classes, outputs)) {
                throw notOfModel("a label of shard " + batch.shard(), classes.get(classes.position() - 1), outputs);
            }
        }

        @Override
        void check(LongBuffer labels, int outputs) {
            if (!areClasses(labels, outputs)) {
                throw notOfModel("a label", labels.get(labels.position() - 1), outputs);
            }
        }
    },
    /** Logistic loss of logits and targets in [0, 1], float32, both (N, C), averaged over C. */
    BINARY_CROSS_ENTROPY("binaryCrossEntropy", ElementType.FLOAT32) {
        @Override
        NDArray probabilities(NDArray logits) {
            return Activation.sigmoid(logits);
        }

        @Override
        NDArray perElement(NDArray logits, NDArray targets) {
            // Neither term is negative, so that the loss of a confident and right prediction doesn't cancel to 0.
            NDArray ofTarget = Activation.softPlus(logits.neg()).mul(targets);
            return ofTarget.add(Activation.softPlus(logits).mul(targets.neg().add(1)));
        }
    },
    /** Squared error of predictions and targets float32 (N, C), averaged over C. */
    MSE("mse", ElementType.FLOAT32) {
        @Override
        NDArray perElement(NDArray predictions, NDArray targets) {
            return predictions.sub(targets).square();
        }
    },
    /** Absolute error of predictions and targets float32 (N, C), averaged over C. */
    L1("l1", ElementType.FLOAT32) {
        @Override
        NDArray perElement(NDArray predictions, NDArray targets) {
            return predictions.sub(targets).abs();
        }
    };

    private final String label;
    private final ElementType labelType;

    LossFunction(String label, ElementType labelType) {
        this.label = label;
        this.labelType = labelType;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }

    /** Whether outputs are logits, of which there are probabilities. */
    public boolean isOfClassifiers() {
        return this == CROSS_ENTROPY || this == BINARY_CROSS_ENTROPY;
    }

    /**
     * The probabilities that logits stand for.
     *
     * @param logits float32 (N, C)
     * @return float32 (N, C): of C classes, or of C labels that are yes or no each
     * @throws IllegalArgumentException if outputs aren't logits
     */
    NDArray probabilities(NDArray logits) {
        throw new IllegalArgumentException("Cannot compute probabilities: the model was trained with " + label
                + " (expected crossEntropy or binaryCrossEntropy)");
    }

    /** The element type that labels must have. */
    public ElementType labelType() {
        return labelType;
    }

    /**
     * The loss of each row.
     *
     * @param predictions float32 (N, C)
     * @param labels (N) or (N, C), see the constants
     * @return float32 (N), in the predictions' manager
     */
    NDArray perRow(NDArray predictions, NDArray labels) {
        NDArray losses = perElement(predictions, labels.reshape(predictions.getShape()));
        return losses.mean(new int[] {1});
    }

    /**
     * Checks labels that libtorch would refuse without saying whose they are.
     *
     * @param outputs columns C of the predictions
     */
    void check(Batch batch, int outputs) {}

    /** The same of the labels from a buffer's position to its limit, where they are int64. */
    void check(LongBuffer labels, int outputs) {}

    /** Whether all are one of the classes; if not, the first that isn't stands before the buffer's position. */
    private static boolean areClasses(LongBuffer labels, int outputs) {
        while (labels.hasRemaining()) {
            long label = labels.get();
            if (label < 0 || label >= outputs) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException notOfModel(String which, long label, int outputs) {
        return new IllegalArgumentException("Cannot compute " + CROSS_ENTROPY.label + ": " + which + " is " + label
                + " (expected a class in [0, " + outputs + "), as the model has " + outputs + " outputs)");
    }

    /** Checks that labels are what this loss compares outputs with. */
    void checkLabel(TensorSpec spec) {
        if (spec.type() != labelType) {
            throw new IllegalArgumentException("Cannot compute " + label + ": labels are "
                    + spec.type().label() + " (expected " + labelType.label() + ")");
        }
        if (this == CROSS_ENTROPY && spec.elements() != 1) {
            throw new IllegalArgumentException("Cannot compute " + label + ": the label has " + spec.elements()
                    + " columns (expected 1, the class of the row)");
        }
    }

    /**
     * Checks that this loss can compare a model's outputs with the labels.
     *
     * @param outputs columns of the model's output
     */
    void checkOutputs(int outputs, TensorSpec spec) {
        if (this != CROSS_ENTROPY && outputs != spec.elements()) {
            throw new IllegalArgumentException("Cannot compute " + label + ": the model has " + outputs
                    + " outputs, the label has " + spec.elements() + " columns (expected the same number)");
        }
    }

    NDArray perElement(NDArray predictions, NDArray targets) {
        throw new IllegalStateException(label + " has no value per element");
    }
}
