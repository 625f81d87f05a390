package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link MomentumUpdate} with vector instructions. */
final class VectorMomentum implements LaneLoop<MomentumUpdate> {
    @Override
    public int apply(MomentumUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        float rate = update.rate();
        float keep = update.keep();
        float share = update.share();
        boolean nesterov = update.nesterov();
        float lookAhead = update.lookAhead();
        float[] velocities = block.slot(0);
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector g = span.gradients(i, w);
            FloatVector v = VectorSpan.slot(velocities, i).mul(keep).add(g.mul(share));
            v.intoArray(velocities, i);
            FloatVector direction = nesterov ? g.add(v.mul(lookAhead)) : v;
            span.storeWeights(w.add(direction.mul(rate)), i);
        }
        return end;
    }
}
