package io.firesteel.engine.optim;

/**
 * A step of {@link Lion}.
 *
 * @param rate minus the learning rate
 * @param directionKeep what of the momentum is in the direction
 * @param directionShare what of the gradient is in the direction
 * @param averageShare share of the gradient in the momentum
 */
record LionUpdate(Decay decay, float rate, float directionKeep, float directionShare, float averageShare)
        implements Update {
    private static final LaneLoop<LionUpdate> LANES = LaneLoop.load("VectorLion");

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        float[] averages = slots[0];
        for (int i = from; i < to; i++) {
            weights[i] += Math.signum(averages[i] * directionKeep + gradients[i] * directionShare) * rate;
        }
        Averages.update(averages, averageShare, gradients, from, to);
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
