package io.firesteel.engine.train;

import ai.djl.ndarray.NDManager;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Network;
import java.util.function.DoubleConsumer;

/** Forward and backward over a shard's part of a step, and its metrics. */
final class ShardPass {
    private final Network network;
    private final ForwardPass forward;
    private final ShardMetrics metrics;
    private final PhaseTimes times;
    private final DrawSeeds drawSeeds;

    ShardPass(Network network, TrainingSpec spec, ShardMetrics metrics, PhaseTimes times) {
        this.network = network;
        this.forward = new ForwardPass(network, spec.layout(), spec.loss());
        this.metrics = metrics;
        this.times = times;
        this.drawSeeds = new DrawSeeds(spec.seed());
    }

    /**
     * Leaves the gradient of the batch's weighted loss in the network, whose gradients were zero.
     *
     * @param iteration of the run
     * @param batch of at least one row
     * @param learnt given the weighted sum of the losses once the gradients are there; metrics are updated after it
     */
    void run(long iteration, Batch batch, DoubleConsumer learnt) {
        try (NDManager scope = network.newScope()) {
            long start = System.nanoTime();
            network.seedDraws(drawSeeds.of(iteration, batch.shard()));
            forward.run(scope, batch, mode(batch));
            double loss = forward.losses().weightedSum();
            start = times.addSince(Phase.FORWARD, start);
            forward.losses().backward();
            network.collectGradients();
            network.collectBuffers();
            times.addSince(Phase.BACKWARD, start);
            learnt.accept(loss);
            start = System.nanoTime();
            metrics.update(batch, forward.metricInput(batch));
            times.addSince(Phase.METRICS, start);
        }
    }

    /** One row has no variance, which BatchNorm needs in training: it is taken with the running statistics instead. */
    private ForwardMode mode(Batch batch) {
        boolean hasBuffers = network.layout().floats() > network.layout().trainableFloats();
        return hasBuffers && batch.rows() == 1 ? ForwardMode.EVALUATION : ForwardMode.TRAINING;
    }
}
