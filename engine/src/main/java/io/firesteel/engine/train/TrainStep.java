package io.firesteel.engine.train;

import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.optim.OptimizerState;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * One training step of a replica: forward and backward over each shard that it hosts, the exchange of gradients with the
 * other replicas, the update. Collective: all ranks, every step.
 *
 * <p>The step's loss is the weighted mean over the rows of all shards. Each shard contributes the gradient of its weighted
 * <em>sum</em>; the sums are added in shard order and divided by the total weight, so that shards of unequal size, an empty
 * one included, weigh as their rows do.
 */
final class TrainStep implements TrainingStep {
    private final Network network;
    private final ShardPass pass;
    private final GradientReducer reducer;
    private final Optimizer optimizer;
    private final PhaseTimes times;
    private final boolean stopsOnNan;

    TrainStep(TrainingSpec spec, Hosting hosting) {
        this.network = hosting.network();
        this.times = hosting.times();
        this.stopsOnNan = spec.handlers().terminateOnNan();
        this.pass = new ShardPass(network, spec, hosting.metrics(), times);
        Exchanges exchanges = Exchanges.of(spec, network.layout(), hosting.communicator());
        this.reducer = new GradientReducer(network, hosting.shards(), exchanges.exchange());
        this.optimizer = exchanges.optimizer();
    }

    @Override
    public StepOutput process(Engine<StepBatch, StepOutput> engine, StepBatch step) {
        long iteration = engine.state().iteration();
        reducer.begin(iteration);
        int shards = step.batches().size();
        for (int i = 0; i < shards; i++) {
            contribute(iteration, step.batches().get(i), i == shards - 1);
        }
        if (shards == 0) {
            startReduce();
        }
        long start = System.nanoTime();
        StepOutput output = reducer.finishReduce();
        start = times.addSince(Phase.REDUCE, start);
        if (!Double.isFinite(output.loss())) {
            if (!stopsOnNan) {
                throw TrainingDivergedException.ofLoss(iteration, output.loss());
            }
            reducer.discard();
            return output;
        }
        update(output.weight());
        times.addSince(Phase.OPTIMIZER, start);
        return output;
    }

    @Override
    public List<Optimizer> optimizers() {
        return List.of(optimizer);
    }

    @Override
    public void settle() {
        reducer.forget();
    }

    @Override
    public OptimizerState optimizerState() {
        return optimizer.state();
    }

    @Override
    public void restore(OptimizerState state) {
        optimizer.restore(state);
    }

    @Override
    public boolean isSynchronized() {
        return true;
    }

    @Override
    public void synchronize(long iteration) {
        // Every step does.
    }

    /** Adds a shard's part of the step; after the last one the gradients set out, and metrics are updated on their way. */
    private void contribute(long iteration, Batch batch, boolean last) {
        reducer.beginShard();
        if (batch.rows() == 0) {
            endShard(0, batch, last);
        } else {
            pass.run(iteration, batch, loss -> endShard(loss, batch, last));
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

    /** A step whose rows all weigh nothing teaches nothing. */
    private void update(double weight) {
        if (weight > 0) {
            int parameters = network.layout().trainableFloats();
            FloatBuffer weights = network.weights().slice(0, parameters);
            optimizer.step(weights, reducer.gradientSum().slice(0, parameters), reducer.gradientScale(weight));
            reducer.adoptBuffers(weight);
            network.publishWeights();
        }
    }
}
