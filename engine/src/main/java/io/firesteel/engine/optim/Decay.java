package io.firesteel.engine.optim;

/**
 * How weights shrink in a step.
 *
 * @param keep factor of the weights, before the update
 * @param penalty factor of the weights that is added to the gradient; 0: none
 */
record Decay(float keep, float penalty) {
    static final Decay NONE = new Decay(1, 0);

    /** Through the gradient, as an L2 penalty. */
    static Decay coupled(double weightDecay) {
        return new Decay(1, (float) weightDecay);
    }

    /** Directly, in proportion to the learning rate. */
    static Decay decoupled(double learningRate, double weightDecay) {
        return new Decay((float) (1 - learningRate * weightDecay), 0);
    }

    void apply(float[] weights, float[] gradients, int from, int to) {
        if (keep != 1) {
            for (int i = from; i < to; i++) {
                weights[i] *= keep;
            }
        }
        if (penalty != 0) {
            for (int i = from; i < to; i++) {
                gradients[i] += penalty * weights[i];
            }
        }
    }
}
