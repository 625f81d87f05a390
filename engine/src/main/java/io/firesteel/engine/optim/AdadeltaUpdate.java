package io.firesteel.engine.optim;

/**
 * A step of {@link Adadelta}.
 *
 * @param rate minus the learning rate
 * @param keep what stays of the averages
 * @param share what new squares add to them
 * @param epsilon added under the roots
 */
record AdadeltaUpdate(Decay decay, float rate, float keep, float share, float epsilon) implements Update {
    private static final LaneLoop<AdadeltaUpdate> LANES = LaneLoop.load("VectorAdadelta");

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        float[] squares = slots[0];
        float[] deltas = slots[1];
        Averages.updateSquares(squares, keep, share, gradients, from, to);
        for (int i = from; i < to; i++) {
            gradients[i] *= (float) Math.sqrt(deltas[i] + epsilon) / (float) Math.sqrt(squares[i] + epsilon);
        }
        Averages.updateSquares(deltas, keep, share, gradients, from, to);
        for (int i = from; i < to; i++) {
            weights[i] += gradients[i] * rate;
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
