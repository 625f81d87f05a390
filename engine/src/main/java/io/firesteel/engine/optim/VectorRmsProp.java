package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link RmsPropUpdate} with vector instructions. */
final class VectorRmsProp implements LaneLoop<RmsPropUpdate> {
    @Override
    public int apply(RmsPropUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        float rate = update.rate();
        float keep = update.keep();
        float share = update.share();
        float epsilon = update.epsilon();
        float momentum = update.momentum();
        float[] squares = block.slot(0);
        float[] velocities = update.hasVelocity() ? block.slot(1) : null;
        float[] averages = update.centered() ? block.slot(update.averageSlot()) : null;
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector g = span.gradients(i, w);
            FloatVector v = VectorSpan.averageSquares(VectorSpan.slot(squares, i), keep, share, g);
            v.intoArray(squares, i);
            if (averages != null) {
                FloatVector a = VectorSpan.average(VectorSpan.slot(averages, i), share, g);
                a.intoArray(averages, i);
                v = v.sub(a.mul(a)).max(0f);
            }
            FloatVector direction = g.div(v.sqrt().add(epsilon));
            if (velocities != null) {
                direction = VectorSpan.slot(velocities, i).mul(momentum).add(direction);
                direction.intoArray(velocities, i);
            }
            span.storeWeights(w.add(direction.mul(rate)), i);
        }
        return end;
    }
}
