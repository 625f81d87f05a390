package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.Partition;
import io.firesteel.engine.comm.ReduceOperator;
import io.firesteel.engine.optim.BlockSums;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.optim.OptimizerState;
import io.firesteel.engine.optim.ParameterSegment;
import io.firesteel.engine.optim.Tunable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimizer of which each replica has a slice of the state and does a slice of the work: it updates its slice of the weights
 * and gets the other slices from the other replicas (Rajbhandari et al. 2020, ZeRO, stage 1). The same bits as one optimizer for
 * all. Collective: {@link #step} and {@link #state}, all ranks in the same order.
 */
final class ShardedOptimizer implements Optimizer {
    /** Slices begin where the optimizer's blocks do, so that sums over blocks don't depend on the slices. */
    static final int BLOCK = 4096;

    private final Communicator communicator;
    private final Partition slices;
    private final int from;
    private final int length;
    private final Optimizer slice;

    /** An optimizer for all floats of the segments, of which this rank keeps its slice. */
    ShardedOptimizer(
            Optimization optimization, List<ParameterSegment> segments, int floats, Communicator communicator) {
        this.communicator = communicator;
        this.slices = Partition.aligned(floats, communicator.worldSize(), BLOCK);
        this.from = slices.from(communicator.rank());
        this.length = slices.length(communicator.rank());
        this.slice = optimization.create(segments, from, from + length, sums(communicator));
    }

    private static BlockSums sums(Communicator communicator) {
        return partial -> {
            DoubleBuffer values = ByteBuffer.allocateDirect(partial.length * Double.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asDoubleBuffer();
            values.put(0, partial);
            communicator.allReduce(ReduceOperator.SUM, values);
            values.get(0, partial);
        };
    }

    /** Which floats each rank updates. */
    Partition slices() {
        return slices;
    }

    @Override
    public int parameters() {
        return slices.elements();
    }

    @Override
    public double value(Tunable tunable) {
        return slice.value(tunable);
    }

    @Override
    public void set(Tunable tunable, double value) {
        slice.set(tunable, value);
    }

    @Override
    public void set(Tunable tunable, int group, double value) {
        slice.set(tunable, group, value);
    }

    @Override
    public long steps() {
        return slice.steps();
    }

    /** Of the gradients only this rank's slice is read. */
    @Override
    public void step(FloatBuffer weights, FloatBuffer gradients, float gradientScale) {
        slice.step(part(weights), part(gradients), gradientScale);
        communicator.allGather(weights, slices);
    }

    private FloatBuffer part(FloatBuffer whole) {
        return whole.slice(whole.position() + from, length);
    }

    /** The state of all parameters on the first rank; that of none on the others, which don't need the memory. */
    @Override
    public OptimizerState state() {
        OptimizerState own = slice.state();
        FloatBuffer whole = ByteBuffer.allocateDirect(Math.multiplyExact(parameters(), Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Map<String, float[]> slots = new LinkedHashMap<>();
        own.slots().forEach((name, values) -> {
            whole.put(from, values, 0, length);
            communicator.allGather(whole, slices);
            if (communicator.rank() == 0) {
                float[] all = new float[parameters()];
                whole.get(0, all);
                slots.put(name, all);
            }
        });
        return new OptimizerState(own.steps(), slots);
    }

    @Override
    public void restore(OptimizerState state) {
        slice.restore(state.slice(from, from + length));
    }
}
