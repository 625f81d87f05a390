package io.firesteel.engine.optim;

import io.firesteel.engine.kernel.DirectView;
import io.firesteel.engine.kernel.FloatKernels;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The walk over the flat memory that all optimizers share: one pass, and one before it where norms have to be known. */
final class FlatOptimizer implements Optimizer {
    private static final FloatKernels KERNELS = FloatKernels.fastest();

    private final Optimization optimization;
    private final UpdateRule rule;
    private final BlockNorms norms;
    private final boolean lanes;
    private final int size;
    private final List<Piece> pieces;
    private final List<Piece> segmentPieces;
    private final SlotMemory slots;
    private final StepMemory memory;
    private final GroupValues values;
    private long steps;

    /** @param lanes whether vector loops may be used */
    FlatOptimizer(Optimization optimization, Partition partition, BlockSums sums, boolean lanes) {
        this.optimization = optimization;
        this.rule = optimization.optimizer().rule();
        this.norms = new BlockNorms(partition, sums);
        this.lanes = lanes;
        this.size = partition.size();
        this.segmentPieces = partition.segmentPieces();
        this.pieces = rule.isLayerwise() ? segmentPieces : partition.groupPieces();
        this.slots = new SlotMemory(rule, partition);
        this.memory = new StepMemory(size);
        this.values = new GroupValues(optimization);
    }

    @Override
    public int parameters() {
        return size;
    }

    @Override
    public double value(Tunable tunable) {
        return values.value(tunable);
    }

    @Override
    public void set(Tunable tunable, double value) {
        values.set(tunable, value);
    }

    @Override
    public void set(Tunable tunable, int group, double value) {
        values.set(tunable, group, value);
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public void step(FloatBuffer weights, FloatBuffer gradients, float gradientScale) {
        checkSize("weights", weights);
        checkSize("gradients", gradients);
        Hyperparameter.notNegative("gradientScale", gradientScale);
        memory.begin(weights, gradients, lanes && DirectView.canShow(weights) && DirectView.canShow(gradients));
        try {
            Clipping clipping = optimization.clipping();
            memory.scaleGradients((float) (gradientScale * clipFactor(gradientScale)), clipping.elementLimit());
            List<Update> updates = rule.isLayerwise() ? layerUpdates(steps + 1) : groupUpdates(steps + 1);
            for (Piece piece : pieces) {
                int index = rule.isLayerwise() ? piece.segment() : piece.group();
                apply(updates.get(index), slots.block(piece.block()), piece.from(), piece.to());
            }
            slots.flushSubnormals(steps + 1);
        } finally {
            memory.end();
        }
        steps++;
    }

    private void checkSize(String what, FloatBuffer buffer) {
        if (buffer.remaining() != size) {
            throw new IllegalArgumentException("Cannot step optimizer: " + what + " have another size ("
                    + buffer.remaining() + ", expected " + size + ")");
        }
    }

    private double clipFactor(float gradientScale) {
        if (optimization.clipping().kind() != Clipping.Kind.NORM) {
            return 1;
        }
        norms.begin(1);
        for (Piece piece : segmentPieces) {
            Block block = slots.block(piece.block());
            memory.loadGradients(block, piece.from(), piece.to());
            norms.put(piece, 0, KERNELS.sumOfSquares(memory.gradientChunk(), piece.from(), piece.to()));
        }
        norms.reduce();
        return optimization.clipping().factor(norms.total() * gradientScale);
    }

    private List<Update> groupUpdates(long step) {
        List<Update> updates = new ArrayList<>();
        for (StepValues group : values.all()) {
            updates.add(rule.update(step, group));
        }
        return updates;
    }

    /** The first pass of a rule that scales by norms; answers what each parameter's second one does. */
    private List<Update> layerUpdates(long step) {
        List<LayerwiseUpdate> groups = new ArrayList<>();
        for (StepValues group : values.all()) {
            groups.add(rule.layerwiseUpdate(step, group));
        }
        norms.begin(2);
        for (Piece piece : segmentPieces) {
            measure(groups.get(piece.group()), piece);
        }
        norms.reduce();
        List<Update> updates = new ArrayList<>();
        for (int segment = 0; segment < norms.segments(); segment++) {
            LayerwiseUpdate update = groups.get(norms.group(segment));
            updates.add(update.scaled(norms.norm(segment, 0), norms.norm(segment, 1)));
        }
        return updates;
    }

    private void measure(LayerwiseUpdate update, Piece piece) {
        Block block = slots.block(piece.block());
        float[] weights = memory.weightChunk();
        float[] directions = memory.gradientChunk();
        memory.load(block, piece.from(), piece.to());
        update.measure(weights, directions, block.slots(), piece.from(), piece.to());
        norms.put(piece, 0, KERNELS.sumOfSquares(weights, piece.from(), piece.to()));
        norms.put(piece, 1, KERNELS.sumOfSquares(directions, piece.from(), piece.to()));
    }

    private void apply(Update update, Block block, int from, int to) {
        int rest = memory.weightView() == null ? from : update.applyLanes(memory, block, from, to);
        if (rest < to) {
            memory.load(block, rest, to);
            update.decay().apply(memory.weightChunk(), memory.gradientChunk(), rest, to);
            update.apply(memory.weightChunk(), memory.gradientChunk(), block.slots(), rest, to);
            memory.store(block, rest, to);
        }
    }

    @Override
    public OptimizerState state() {
        return new OptimizerState(steps, slots.copies());
    }

    @Override
    public void restore(OptimizerState state) {
        slots.set(state.slots());
        steps = state.steps();
    }
}
