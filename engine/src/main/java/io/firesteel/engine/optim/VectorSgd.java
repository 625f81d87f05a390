package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link SgdUpdate} with vector instructions. */
final class VectorSgd implements LaneLoop<SgdUpdate> {
    @Override
    public int apply(SgdUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        float rate = update.rate();
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector g = span.gradients(i, w);
            span.storeWeights(w.add(g.mul(rate)), i);
        }
        return end;
    }
}
