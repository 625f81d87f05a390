package io.firesteel.engine.optim;

/**
 * The second pass of {@link Lars}.
 *
 * @param rate the learning rate of the parameter
 * @param momentum what stays of the velocity
 */
record LarsUpdate(Decay decay, float rate, float momentum) implements Update {
    private static final LaneLoop<LarsUpdate> LANES = LaneLoop.load("VectorLars");

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        float[] velocities = slots[0];
        for (int i = from; i < to; i++) {
            velocities[i] = velocities[i] * momentum + gradients[i] * rate;
        }
        for (int i = from; i < to; i++) {
            weights[i] -= velocities[i];
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
