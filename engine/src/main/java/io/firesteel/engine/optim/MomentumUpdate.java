package io.firesteel.engine.optim;

/**
 * A step of {@link Sgd} with momentum.
 *
 * @param rate minus the learning rate
 * @param keep what stays of the velocity
 * @param share what of the gradient reaches it
 * @param nesterov whether to look ahead along the velocity
 * @param lookAhead how far, in velocities
 */
record MomentumUpdate(Decay decay, float rate, float keep, float share, boolean nesterov, float lookAhead)
        implements Update {
    private static final LaneLoop<MomentumUpdate> LANES = LaneLoop.load("VectorMomentum");

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        float[] velocities = slots[0];
        for (int i = from; i < to; i++) {
            velocities[i] = velocities[i] * keep + gradients[i] * share;
        }
        if (nesterov) {
            for (int i = from; i < to; i++) {
                weights[i] += (gradients[i] + velocities[i] * lookAhead) * rate;
            }
        } else {
            for (int i = from; i < to; i++) {
                weights[i] += velocities[i] * rate;
            }
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
