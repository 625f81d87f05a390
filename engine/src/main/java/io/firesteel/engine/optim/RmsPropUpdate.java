package io.firesteel.engine.optim;

/**
 * A step of {@link RmsProp}.
 *
 * @param rate minus the learning rate
 * @param keep what stays of the averages
 * @param share what new values add to them
 * @param epsilon added to the root
 * @param hasVelocity whether there is a slot for the velocity
 * @param momentum what stays of the velocity
 * @param centered whether the average gradient's square is taken off
 */
record RmsPropUpdate(
        Decay decay,
        float rate,
        float keep,
        float share,
        float epsilon,
        boolean hasVelocity,
        float momentum,
        boolean centered)
        implements Update {
    private static final LaneLoop<RmsPropUpdate> LANES = LaneLoop.load("VectorRmsProp");

    /** Index of the slot with the average gradient. */
    int averageSlot() {
        return hasVelocity ? 2 : 1;
    }

    @Override
    public void apply(float[] weights, float[] gradients, float[][] slots, int from, int to) {
        Averages.updateSquares(slots[0], keep, share, gradients, from, to);
        if (centered) {
            Averages.update(slots[averageSlot()], share, gradients, from, to);
            divideByDeviation(gradients, slots[0], slots[averageSlot()], from, to);
        } else {
            divideByRoot(gradients, slots[0], from, to);
        }
        if (hasVelocity) {
            accelerate(gradients, slots[1], from, to);
        }
        for (int i = from; i < to; i++) {
            weights[i] += gradients[i] * rate;
        }
    }

    private void divideByRoot(float[] gradients, float[] squares, int from, int to) {
        for (int i = from; i < to; i++) {
            gradients[i] /= (float) Math.sqrt(squares[i]) + epsilon;
        }
    }

    private void divideByDeviation(float[] gradients, float[] squares, float[] averages, int from, int to) {
        for (int i = from; i < to; i++) {
            float variance = Math.max(squares[i] - averages[i] * averages[i], 0f);
            gradients[i] /= (float) Math.sqrt(variance) + epsilon;
        }
    }

    /** Turns directions into velocities. */
    private void accelerate(float[] directions, float[] velocities, int from, int to) {
        for (int i = from; i < to; i++) {
            velocities[i] = velocities[i] * momentum + directions[i];
            directions[i] = velocities[i];
        }
    }

    @Override
    public int applyLanes(StepMemory memory, Block block, int from, int to) {
        return LANES.apply(this, memory, block, from, to);
    }
}
