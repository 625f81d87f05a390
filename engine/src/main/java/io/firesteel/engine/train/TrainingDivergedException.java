package io.firesteel.engine.train;

/**
 * The loss of a step, or a weight after the last step, is no finite number: every replica sees it at the same step. By a loss
 * no weight has been changed yet.
 */
public final class TrainingDivergedException extends RuntimeException {
    private final long iteration;

    private TrainingDivergedException(long iteration, String what) {
        super(
                "Cannot go on training: " + what
                        + " (expected a finite number; lower optimizer.learningRate, or look for extreme values in the features)");
        this.iteration = iteration;
    }

    static TrainingDivergedException ofLoss(long iteration, double loss) {
        return new TrainingDivergedException(iteration, "the loss of iteration " + iteration + " is " + loss);
    }

    static TrainingDivergedException ofWeights(long iteration) {
        return new TrainingDivergedException(
                iteration, "a weight after iteration " + iteration + " is NaN or infinite");
    }

    /** The iteration whose loss or weights they were, from 1. */
    public long iteration() {
        return iteration;
    }
}
