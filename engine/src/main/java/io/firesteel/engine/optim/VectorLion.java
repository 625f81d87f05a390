package io.firesteel.engine.optim;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link LionUpdate} with vector instructions. */
final class VectorLion implements LaneLoop<LionUpdate> {
    @Override
    public int apply(LionUpdate update, StepMemory memory, Block block, int from, int to) {
        VectorSpan span = new VectorSpan(memory, block, update.decay());
        float rate = update.rate();
        float directionKeep = update.directionKeep();
        float directionShare = update.directionShare();
        float averageShare = update.averageShare();
        float[] averages = block.slot(0);
        int end = VectorSpan.end(from, to);
        for (int i = from; i < end; i += VectorSpan.LANES.length()) {
            FloatVector w = span.weights(i);
            FloatVector g = span.gradients(i, w);
            FloatVector m = VectorSpan.slot(averages, i);
            FloatVector direction = m.mul(directionKeep).add(g.mul(directionShare));
            span.storeWeights(w.add(sign(direction).mul(rate)), i);
            VectorSpan.average(m, averageShare, g).intoArray(averages, i);
        }
        return end;
    }

    /** As Math.signum: zeros and NaN stay what they are. */
    private static FloatVector sign(FloatVector values) {
        return values.blend(1f, values.compare(VectorOperators.GT, 0f))
                .blend(-1f, values.compare(VectorOperators.LT, 0f));
    }
}
