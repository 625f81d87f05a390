package io.firesteel.engine.optim;

/**
 * The first pass of {@link Lars}: the norm of the gradients, as they are.
 *
 * @param learningRate of the group
 * @param momentum what stays of the velocity
 * @param trustCoefficient length of a step, as a share of the weights' norm
 * @param weightDecay of the group
 */
record LarsMeasure(double learningRate, double momentum, double trustCoefficient, double weightDecay)
        implements LayerwiseUpdate {
    @Override
    public void measure(float[] weights, float[] gradients, float[][] slots, int from, int to) {}

    @Override
    public LarsUpdate scaled(double weightNorm, double directionNorm) {
        double ratio = weightNorm > 0 && directionNorm > 0
                ? trustCoefficient * weightNorm / (directionNorm + weightDecay * weightNorm)
                : 1;
        return new LarsUpdate(Decay.coupled(weightDecay), (float) (learningRate * ratio), (float) momentum);
    }
}
