package io.firesteel.engine.train;

/** The losses that a job file can name; each is a value per row, averaged with the row weights. */
public enum LossFunction {
    /** Softmax cross entropy of logits (N, C) and class labels int64 (N). */
    CROSS_ENTROPY("crossEntropy"),
    /** Logistic loss of logits and targets in [0, 1], float32, both (N, C), averaged over C. */
    BINARY_CROSS_ENTROPY("binaryCrossEntropy"),
    /** Squared error of predictions and targets float32 (N, C), averaged over C. */
    MSE("mse"),
    /** Absolute error of predictions and targets float32 (N, C), averaged over C. */
    L1("l1");

    private final String label;

    LossFunction(String label) {
        this.label = label;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }
}
