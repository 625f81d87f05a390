package io.firesteel.engine.optim;

/**
 * A step of {@link Adagrad}.
 *
 * @param rate minus the learning rate, decayed
 * @param epsilon added to the root
 */
record AdagradUpdate(Decay decay, float rate, float epsilon) implements Update {
    private static final LaneLoop<AdagradUpdate> LANES = LaneLoop.load("VectorAdagrad");

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        float[] sums = slots[0];
        for (int i = from; i < to; i++) {
            sums[i] += gradients[i] * gradients[i];
        }
        for (int i = from; i < to; i++) {
            weights[i] += gradients[i] * rate / ((float) Math.sqrt(sums[i]) + epsilon);
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
