package io.firesteel.engine.optim;

/**
 * A step of {@link Adam} and {@link AdamW}, which differ in their decay.
 *
 * @param rate minus the learning rate over the first moment's correction
 * @param rootFactor of the root of the second moment
 * @param epsilon added to that root
 */
record AdamUpdate(Decay decay, Moments moments, float rate, float rootFactor, float epsilon) implements Update {
    private static final LaneLoop<AdamUpdate> LANES = LaneLoop.load("VectorAdam");

    static AdamUpdate of(Decay decay, long step, StepValues values) {
        Moments moments = values.moments(step);
        float rate = (float) (-values.learningRate() / moments.correction1());
        return new AdamUpdate(decay, moments, rate, moments.rootFactor(), values.epsilon());
    }

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        moments.update(slots, gradients, from, to);
        float[] averages = slots[0];
        float[] squares = slots[1];
        for (int i = from; i < to; i++) {
            weights[i] += averages[i] * rate / ((float) Math.sqrt(squares[i]) * rootFactor + epsilon);
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
