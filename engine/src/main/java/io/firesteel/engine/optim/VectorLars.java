package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link LarsUpdate} with vector instructions. */
final class VectorLars implements LaneLoop<LarsUpdate> {
    @Override
    public int apply(LarsUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        float rate = update.rate();
        float momentum = update.momentum();
        float[] velocities = block.slot(0);
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector g = span.gradients(i, w);
            FloatVector v = VectorSpan.slot(velocities, i).mul(momentum).add(g.mul(rate));
            v.intoArray(velocities, i);
            span.storeWeights(w.sub(v), i);
        }
        return end;
    }
}
