package io.firesteel.engine.optim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A block's part of the step's memory, as every vector loop reads and writes it. Made for one loop and gone after it: the
 * compiler keeps its fields in registers.
 */
final class VectorSpan {
    static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private final ByteBuffer weights;
    private final ByteBuffer gradients;
    private final int start;
    private final float scale;
    private final float limit;
    private final float keep;
    private final float penalty;

    VectorSpan(StepMemory memory, Block block, Decay decay) {
        weights = memory.weightView();
        gradients = memory.gradientView();
        start = block.start();
        scale = memory.scale();
        limit = memory.limit();
        keep = decay.keep();
        penalty = decay.penalty();
    }

    /** The end of the whole vectors between two indices. */
    static int end(int from, int to) {
        return from + LANES.loopBound(to - from);
    }

    /** Weights from an index of the block on, shrunk. */
    FloatVector weights(int index) {
        FloatVector values = FloatVector.fromByteBuffer(LANES, weights, (start + index) * Float.BYTES, NATIVE);
        return keep == 1 ? values : values.mul(keep);
    }

    /** Gradients scaled, clipped, and with the L2 penalty of their weights. */
    FloatVector gradients(int index, FloatVector shrunkWeights) {
        FloatVector values = FloatVector.fromByteBuffer(LANES, gradients, (start + index) * Float.BYTES, NATIVE)
                .mul(scale);
        if (limit < Float.POSITIVE_INFINITY) {
            values = values.min(limit).max(-limit);
        }
        return penalty == 0 ? values : values.add(shrunkWeights.mul(penalty));
    }

    void storeWeights(FloatVector values, int index) {
        values.intoByteBuffer(weights, (start + index) * Float.BYTES, NATIVE);
    }

    static FloatVector slot(float[] slot, int index) {
        return FloatVector.fromArray(LANES, slot, index);
    }

    /** {@code averages + share * (values - averages)}, by the formula of torch.lerp, which starts from the nearer end. */
    static FloatVector average(FloatVector averages, float share, FloatVector values) {
        FloatVector distance = values.sub(averages);
        return share < 0.5f ? averages.add(distance.mul(share)) : values.sub(distance.mul(1 - share));
    }

    /** {@code keep * averages + share * values * values}. */
    static FloatVector averageSquares(FloatVector averages, float keep, float share, FloatVector values) {
        return averages.mul(keep).add(values.mul(share).mul(values));
    }
}
