package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.Partition;
import io.firesteel.engine.kernel.NarrowFloat;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.ParameterLayout;
import io.firesteel.engine.optim.BlockSums;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.optim.ParameterSegment;
import io.firesteel.engine.train.ErrorFeedbackExchange.Sharing;
import java.util.List;

/**
 * How gradients are summed and the optimizer that takes the sum: the two halves of a step that depend on how work is shared between
 * the replicas.
 *
 * @param exchange sums the gradients
 * @param optimizer takes the sum that the exchange leaves
 */
record Exchanges(GradientExchange exchange, Optimizer optimizer) {
    /**
     * What an optimization needs between these replicas. Collective calls come later, none here.
     *
     * <p>Where replicas read each other's memory, each updates a slice of the weights even if nobody has asked for it: it reads its slice
     * of the gradients and the others' slices of the weights instead of two halves of a sum, and saves the rest of the update.
     */
    static Exchanges of(TrainingSpec spec, Network network, Communicator communicator) {
        ParameterLayout layout = network.layout();
        Optimization optimization = spec.optimizer();
        if (communicator.worldSize() > 1 && (optimization.sharded() || readsInPlace(spec, network, communicator))) {
            ShardedOptimizer optimizer =
                    new ShardedOptimizer(optimization, segments(layout), layout.trainableFloats(), communicator);
            return new Exchanges(exchange(spec, layout, communicator, optimizer.slices()), optimizer);
        }
        return new Exchanges(exchange(spec, layout, communicator, null), optimizer(spec, layout));
    }

    private static boolean readsInPlace(TrainingSpec spec, Network network, Communicator communicator) {
        int trainable = network.layout().trainableFloats();
        return spec.synchronization() == WirePrecision.FLOAT32
                && communicator.readsInPlace(network.gradients().slice(0, trainable))
                && communicator.readsInPlace(network.weights().slice(0, trainable));
    }

    /** An optimizer of all weights that asks no other replica. */
    static Optimizer optimizer(TrainingSpec spec, ParameterLayout layout) {
        return spec.optimizer().create(segments(layout), 0, layout.trainableFloats(), BlockSums.whole());
    }

    private static List<ParameterSegment> segments(ParameterLayout layout) {
        return layout.entries().stream()
                .filter(ParameterLayout.Entry::trainable)
                .map(entry -> new ParameterSegment(entry.name(), entry.offset(), entry.length()))
                .toList();
    }

    /** @param own the slices where each rank gets its own alone; null where each gets all */
    private static GradientExchange exchange(
            TrainingSpec spec, ParameterLayout layout, Communicator communicator, Partition own) {
        if (spec.synchronization() == WirePrecision.FLOAT32) {
            return own == null ? new WholeExchange(communicator) : new SlicedExchange(communicator, own);
        }
        Partition slices = own == null
                ? Partition.aligned(layout.trainableFloats(), communicator.worldSize(), WireBlock.FLOATS)
                : own;
        Sharing sharing = new Sharing(slices, own != null, layout.floats() + 1);
        CheckpointPolicy checkpoints = spec.checkpoints();
        if (spec.synchronization() instanceof PowerSgd powerSgd) {
            LossySum sum = new PowerSgdSum(communicator, layout, powerSgd.rank(), spec.seed());
            return new ErrorFeedbackExchange(
                    communicator,
                    sharing,
                    step -> step.first() < powerSgd.startIteration() || checkpoints.isDue(step),
                    sum);
        }
        NarrowFloat type = ((WirePrecision) spec.synchronization()).narrow().orElseThrow();
        LossySum sum = new RoundedSum(communicator, slices, own != null, type);
        return new ErrorFeedbackExchange(communicator, sharing, checkpoints::isDue, sum);
    }
}
