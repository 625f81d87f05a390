package io.firesteel.engine.optim;

/**
 * A step of {@link RAdam}.
 *
 * @param rate minus the factor of the first moment
 * @param adaptive whether to divide by the root of the second
 * @param epsilon added to that root
 */
record RAdamUpdate(Decay decay, Moments moments, float rate, boolean adaptive, float epsilon) implements Update {
    private static final LaneLoop<RAdamUpdate> LANES = LaneLoop.load("VectorRAdam");

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        moments.update(slots, gradients, from, to);
        float[] averages = slots[0];
        float[] squares = slots[1];
        if (adaptive) {
            for (int i = from; i < to; i++) {
                weights[i] += averages[i] * rate / ((float) Math.sqrt(squares[i]) + epsilon);
            }
        } else {
            for (int i = from; i < to; i++) {
                weights[i] += averages[i] * rate;
            }
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
