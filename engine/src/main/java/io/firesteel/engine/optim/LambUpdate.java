package io.firesteel.engine.optim;

/**
 * The second pass of {@link Lamb}, which takes the directions from the moments once more: that is faster than to keep them.
 *
 * @param rate minus the learning rate times the quotient of norms
 * @param averageFactor of the first moment
 * @param rootFactor of the root of the second moment
 * @param epsilon added to that root
 * @param weightDecay share of the weights in the direction
 */
record LambUpdate(float rate, float averageFactor, float rootFactor, float epsilon, float weightDecay)
        implements Update {
    private static final LaneLoop<LambUpdate> LANES = LaneLoop.load("VectorLamb");

    @Override
    public Decay decay() {
        return Decay.NONE;
    }

    void directions(float[] weights, float[][] slots, float[] directions, int from, int to) {
        float[] averages = slots[0];
        float[] squares = slots[1];
        for (int i = from; i < to; i++) {
            directions[i] = averages[i] * averageFactor / ((float) Math.sqrt(squares[i]) * rootFactor + epsilon)
                    + weights[i] * weightDecay;
        }
    }

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        directions(weights, slots, gradients, from, to);
        for (int i = from; i < to; i++) {
            weights[i] += gradients[i] * rate;
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
