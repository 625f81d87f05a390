package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;

/** {@link LambUpdate} with vector instructions. */
final class VectorLamb implements LaneLoop<LambUpdate> {
    @Override
    public int apply(LambUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        float rate = update.rate();
        float averageFactor = update.averageFactor();
        float rootFactor = update.rootFactor();
        float epsilon = update.epsilon();
        float weightDecay = update.weightDecay();
        float[] averages = block.slot(0);
        float[] squares = block.slot(1);
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector m = VectorSpan.slot(averages, i);
            FloatVector v = VectorSpan.slot(squares, i);
            FloatVector direction = m.mul(averageFactor)
                    .div(v.sqrt().mul(rootFactor).add(epsilon))
                    .add(w.mul(weightDecay));
            span.storeWeights(w.add(direction.mul(rate)), i);
        }
        return end;
    }
}
