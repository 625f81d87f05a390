package io.firesteel.engine.train;

/** The loss of a step is no finite number: every replica sees it at the same step, and no weight has been changed by it. */
public final class TrainingDivergedException extends RuntimeException {
    private final long iteration;

    TrainingDivergedException(long iteration, double loss) {
        super(
                "Cannot go on training: the loss of iteration " + iteration + " is " + loss
                        + " (expected a finite number; lower optimizer.learningRate, or look for extreme values in the features)");
        this.iteration = iteration;
    }

    /** The iteration whose loss it was, from 1. */
    public long iteration() {
        return iteration;
    }
}
