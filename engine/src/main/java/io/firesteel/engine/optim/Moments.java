package io.firesteel.engine.optim;

import java.util.List;

/**
 * The decays of two moments and how far they still are, at a step, from having forgotten that they began at 0. Computed in
 * double precision, with StrictMath, because Math.pow may differ in the last bit from machine to machine.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param step from 1
 */
record Moments(double beta1, double beta2, long step) {
    /** The moments, as PyTorch calls them. */
    static final List<String> SLOTS = List.of("exp_avg", "exp_avg_sq");

    static void check(double beta1, double beta2) {
        Hyperparameter.fraction("beta1", beta1);
        Hyperparameter.fraction("beta2", beta2);
    }

    /** Share of the gradient in the first moment. */
    float averageShare() {
        return (float) (1 - beta1);
    }

    /** What stays of the second moment. */
    float squareKeep() {
        return (float) beta2;
    }

    /** Share of the squared gradient in the second moment. */
    float squareShare() {
        return (float) (1 - beta2);
    }

    /** What to divide the first moment by. */
    double correction1() {
        return 1 - StrictMath.pow(beta1, (double) step);
    }

    /** What to divide the second moment by. */
    double correction2() {
        return 1 - StrictMath.pow(beta2, (double) step);
    }

    /** What to multiply the root of the second moment by. */
    float rootFactor() {
        return (float) (1 / Math.sqrt(correction2()));
    }

    /** Takes a gradient into both moments. */
    void update(float[][] slots, float[] gradients, int from, int to) {
        Averages.update(slots[0], averageShare(), gradients, from, to);
        Averages.updateSquares(slots[1], squareKeep(), squareShare(), gradients, from, to);
    }
}
