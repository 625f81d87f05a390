package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link NAdamUpdate} with vector instructions. */
final class VectorNAdam implements LaneLoop<NAdamUpdate> {
    @Override
    public int apply(NAdamUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        VectorMoments moments = new VectorMoments(update.moments(), block);
        float gradientRate = update.gradientRate();
        float averageRate = update.averageRate();
        float rootFactor = update.rootFactor();
        float epsilon = update.epsilon();
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector g = span.gradients(i, w);
            FloatVector m = moments.average(i, g);
            FloatVector v = moments.averageSquare(i, g);
            FloatVector direction = g.mul(gradientRate).add(m.mul(averageRate));
            FloatVector step = direction.div(v.sqrt().mul(rootFactor).add(epsilon));
            span.storeWeights(w.add(step), i);
        }
        return end;
    }
}
