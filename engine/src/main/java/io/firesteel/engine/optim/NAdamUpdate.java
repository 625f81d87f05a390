package io.firesteel.engine.optim;

/**
 * A step of {@link NAdam}.
 *
 * @param gradientRate minus the gradient's factor
 * @param averageRate minus the first moment's factor
 * @param rootFactor of the root of the second moment
 * @param epsilon added to that root
 */
record NAdamUpdate(Decay decay, Moments moments, float gradientRate, float averageRate, float rootFactor, float epsilon)
        implements Update {
    private static final LaneLoop<NAdamUpdate> LANES = LaneLoop.load("VectorNAdam");

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        moments.update(slots, gradients, from, to);
        float[] averages = slots[0];
        float[] squares = slots[1];
        for (int i = from; i < to; i++) {
            weights[i] += (gradients[i] * gradientRate + averages[i] * averageRate)
                    / ((float) Math.sqrt(squares[i]) * rootFactor + epsilon);
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
