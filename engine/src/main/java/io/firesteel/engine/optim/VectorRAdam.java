package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link RAdamUpdate} with vector instructions. */
final class VectorRAdam implements LaneLoop<RAdamUpdate> {
    @Override
    public int apply(RAdamUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        VectorMoments moments = new VectorMoments(update.moments(), block);
        float rate = update.rate();
        boolean adaptive = update.adaptive();
        float epsilon = update.epsilon();
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector g = span.gradients(i, w);
            FloatVector step = moments.average(i, g).mul(rate);
            FloatVector v = moments.averageSquare(i, g);
            if (adaptive) {
                step = step.div(v.sqrt().add(epsilon));
            }
            span.storeWeights(w.add(step), i);
        }
        return end;
    }
}
