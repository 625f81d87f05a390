package io.firesteel.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.ProcessFunction;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.Optimizer;
import java.nio.FloatBuffer;

/**
 * One training step of a replica: forward and backward over each shard that it hosts, the exchange of gradients with the
 * other replicas, the update. Collective: all ranks, every step.
 *
 * <p>The step's loss is the weighted mean over the rows of all shards. Each shard contributes the gradient of its weighted
 * <em>sum</em>; the sums are added in shard order and divided by the total weight, so that shards of unequal size, an empty
 * one included, weigh as their rows do.
 */
final class TrainStep implements ProcessFunction<StepBatch, StepOutput> {
    private final Network network;
    private final ForwardPass forward;
    private final GradientReducer reducer;
    private final Optimizer optimizer;
    private final ShardMetrics metrics;
    private final PhaseTimes times;

    TrainStep(
            Network network,
            TrainingSpec spec,
            int hostedShards,
            Communicator communicator,
            ShardMetrics metrics,
            PhaseTimes times) {
        this.network = network;
        this.forward = new ForwardPass(network, spec.layout(), spec.loss());
        Exchanges exchanges = Exchanges.of(spec.optimizer(), network.layout(), communicator);
        this.reducer = new GradientReducer(network, hostedShards, exchanges.exchange());
        this.optimizer = exchanges.optimizer();
        this.metrics = metrics;
        this.times = times;
    }

    @Override
    public StepOutput process(Engine<StepBatch, StepOutput> engine, StepBatch step) {
        reducer.begin();
        int shards = step.batches().size();
        for (int i = 0; i < shards; i++) {
            contribute(step.batches().get(i), i == shards - 1);
        }
        if (shards == 0) {
            startReduce();
        }
        long start = System.nanoTime();
        StepOutput output = reducer.finishReduce();
        start = times.addSince(Phase.REDUCE, start);
        if (!Double.isFinite(output.loss())) {
            throw TrainingDivergedException.ofLoss(engine.state().iteration(), output.loss());
        }
        update(output.weight());
        times.addSince(Phase.OPTIMIZER, start);
        return output;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /** Adds a shard's part of the step; after the last one the gradients set out, and metrics are updated on their way. */
    private void contribute(Batch batch, boolean last) {
        reducer.beginShard();
        if (batch.rows() == 0) {
            endShard(0, batch, last);
            return;
        }
        try (NDManager scope = network.newScope()) {
            long start = System.nanoTime();
            ForwardPass.Result result = forward.run(scope, batch, mode(batch));
            NDArray sum = forward.weightedSum(scope, batch, result);
            double loss = sum.getFloat();
            start = times.addSince(Phase.FORWARD, start);
            network.backward(sum);
            network.collectGradients();
            network.collectBuffers();
            times.addSince(Phase.BACKWARD, start);
            endShard(loss, batch, last);
            start = System.nanoTime();
            metrics.update(batch, forward.metricInput(batch, result));
            times.addSince(Phase.METRICS, start);
        }
    }

    private void endShard(double loss, Batch batch, boolean last) {
        reducer.endShard(loss, batch.weightSum());
        if (last) {
            startReduce();
        }
    }

    private void startReduce() {
        long start = System.nanoTime();
        reducer.startReduce();
        times.addSince(Phase.REDUCE, start);
    }

    /** One row has no variance, which BatchNorm needs in training: it is taken with the running statistics instead. */
    private ForwardMode mode(Batch batch) {
        boolean hasBuffers = network.layout().floats() > network.layout().trainableFloats();
        return hasBuffers && batch.rows() == 1 ? ForwardMode.EVALUATION : ForwardMode.TRAINING;
    }

    /** A step whose rows all weigh nothing teaches nothing. */
    private void update(double weight) {
        if (weight > 0) {
            int parameters = network.layout().trainableFloats();
            FloatBuffer weights = network.weights().slice(0, parameters);
            optimizer.step(weights, reducer.gradientSum().slice(0, parameters), (float) (1 / weight));
            reducer.adoptBuffers(weight);
            network.publishWeights();
        }
    }
}
