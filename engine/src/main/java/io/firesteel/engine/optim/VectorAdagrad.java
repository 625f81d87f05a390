package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link AdagradUpdate} with vector instructions. */
final class VectorAdagrad implements LaneLoop<AdagradUpdate> {
    @Override
    public int apply(AdagradUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        float rate = update.rate();
        float epsilon = update.epsilon();
        float[] sums = block.slot(0);
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector g = span.gradients(i, w);
            FloatVector sum = VectorSpan.slot(sums, i).add(g.mul(g));
            sum.intoArray(sums, i);
            span.storeWeights(w.add(g.mul(rate).div(sum.sqrt().add(epsilon))), i);
        }
        return end;
    }
}
