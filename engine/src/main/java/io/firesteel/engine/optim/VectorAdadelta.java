package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link AdadeltaUpdate} with vector instructions. */
final class VectorAdadelta implements LaneLoop<AdadeltaUpdate> {
    @Override
    public int apply(AdadeltaUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        float rate = update.rate();
        float keep = update.keep();
        float share = update.share();
        float epsilon = update.epsilon();
        float[] squares = block.slot(0);
        float[] deltas = block.slot(1);
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector g = span.gradients(i, w);
            FloatVector v = VectorSpan.averageSquares(VectorSpan.slot(squares, i), keep, share, g);
            v.intoArray(squares, i);
            FloatVector u = VectorSpan.slot(deltas, i);
            FloatVector delta = g.mul(u.add(epsilon).sqrt().div(v.add(epsilon).sqrt()));
            VectorSpan.averageSquares(u, keep, share, delta).intoArray(deltas, i);
            span.storeWeights(w.add(delta.mul(rate)), i);
        }
        return end;
    }
}
