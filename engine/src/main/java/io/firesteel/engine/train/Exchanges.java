package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.ParameterLayout;
import io.firesteel.engine.optim.BlockSums;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.optim.ParameterSegment;
import java.util.List;

/**
 * How gradients are summed and the optimizer that takes the sum: the two halves of a step that depend on how work is shared between
 * the replicas.
 *
 * @param exchange sums the gradients
 * @param optimizer takes the sum that the exchange leaves
 */
record Exchanges(GradientExchange exchange, Optimizer optimizer) {
    /** What an optimization needs between these replicas. Collective calls come later, none here. */
    static Exchanges of(Optimization optimization, ParameterLayout layout, Communicator communicator) {
        List<ParameterSegment> segments = layout.entries().stream()
                .filter(ParameterLayout.Entry::trainable)
                .map(entry -> new ParameterSegment(entry.name(), entry.offset(), entry.length()))
                .toList();
        int floats = layout.trainableFloats();
        if (optimization.sharded() && communicator.worldSize() > 1) {
            ShardedOptimizer optimizer = new ShardedOptimizer(optimization, segments, floats, communicator);
            return new Exchanges(new SlicedExchange(communicator, optimizer.slices()), optimizer);
        }
        Optimizer optimizer = optimization.create(segments, 0, floats, BlockSums.whole());
        return new Exchanges(new WholeExchange(communicator), optimizer);
    }
}
