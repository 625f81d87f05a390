package io.firesteel.engine.optim;

/**
 * A step of {@link Sgd} without momentum.
 *
 * @param rate minus the learning rate
 */
record SgdUpdate(Decay decay, float rate) implements Update {
    private static final LaneLoop<SgdUpdate> LANES = LaneLoop.load("VectorSgd");

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        for (int i = from; i < to; i++) {
            weights[i] += gradients[i] * rate;
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
