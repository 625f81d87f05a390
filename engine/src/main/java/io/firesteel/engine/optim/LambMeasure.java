package io.firesteel.engine.optim;

/**
 * The first pass of {@link Lamb}: moments and directions.
 *
 * @param learningRate of the group
 * @param epsilon added to the root of the second moment
 * @param weightDecay share of the weights in the direction
 */
record LambMeasure(Moments moments, double learningRate, float epsilon, float weightDecay) implements LayerwiseUpdate {
    @Override
    public void measure(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        moments.update(slots, gradients, from, to);
        scaled(0, 0).directions(weights, slots, gradients, from, to);
    }

    @Override
    public LambUpdate scaled(double weightNorm, double directionNorm) {
        double ratio = weightNorm > 0 && directionNorm > 0 ? weightNorm / directionNorm : 1;
        float averageFactor = (float) (1 / moments.correction1());
        return new LambUpdate(
                (float) (-learningRate * ratio), averageFactor, moments.rootFactor(), epsilon, weightDecay);
    }
}
