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
 * The training steps of a replica: in each iteration forward and backward over each shard that it hosts; where a step ends, the
 * exchange of gradients with the other replicas and the update. Collective: all ranks, every step.
 *
 * <p>The step's loss is the weighted mean over the rows of all shards. Each shard contributes the gradient of its weighted
 * <em>sum</em>; the sums are added in shard order and divided by the total weight, so that shards of unequal size, an empty
 * one included, weigh as their rows do. So do iterations of unequal size where gradients are accumulated, and the bits depend on the
 * shards alone. Inside a step nothing travels, and the loss is the last step's.
 */
final class TrainStep implements TrainingStep {
    private final Network network;
    private final ShardPass pass;
    private final GradientReducer reducer;
    private final Optimizer optimizer;
    private final PhaseTimes times;
    private final Accumulation accumulation;
    private final boolean stopsOnNan;
    private boolean insideStep;
    private long firstIteration;
    private StepSpan lastStep;
    private double lastLoss = Double.NaN;

    TrainStep(TrainingSpec spec, Hosting hosting) {
        this.network = hosting.network();
        this.times = hosting.times();
        this.accumulation = spec.accumulation();
        this.stopsOnNan = spec.handlers().terminateOnNan();
        this.pass = new ShardPass(network, spec, hosting.metrics(), times);
        Exchanges exchanges = Exchanges.of(spec, network, hosting.communicator());
        this.reducer = new GradientReducer(network, hosting.shards(), exchanges.exchange());
        this.optimizer = exchanges.optimizer();
    }

    @Override
    public StepOutput process(Engine<StepBatch, StepOutput> engine, StepBatch step) {
        long iteration = engine.state().iteration();
        boolean ends = accumulation.endsStep(engine.state());
        begin(iteration, ends);
        List<Batch> batches = step.batches();
        for (int i = 0; i < batches.size(); i++) {
            contribute(iteration, batches.get(i), ends && i == batches.size() - 1);
        }
        reducer.endIteration();
        if (!ends) {
            return new StepOutput(lastLoss, 0);
        }
        if (batches.isEmpty()) {
            startReduce();
        }
        return finish(iteration);
    }

    /** @param ends whether this iteration is the step's last one */
    private void begin(long iteration, boolean ends) {
        if (!insideStep) {
            firstIteration = iteration;
            reducer.begin();
        }
        insideStep = !ends;
        if (ends) {
            lastStep = new StepSpan(firstIteration, iteration);
        }
    }

    private StepOutput finish(long iteration) {
        long start = System.nanoTime();
        StepOutput output = reducer.finishReduce();
        start = times.addSince(Phase.REDUCE, start);
        lastLoss = output.loss();
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
    public boolean isInsideStep() {
        return insideStep;
    }

    @Override
    public StepSpan lastStep() {
        return lastStep;
    }

    @Override
    public boolean isSynchronized() {
        return !insideStep;
    }

    @Override
    public void synchronize(long iteration) {
        if (insideStep) {
            insideStep = false;
            lastStep = new StepSpan(firstIteration, iteration);
            startReduce();
            finish(iteration);
        }
    }

    /** Adds a shard's part of the iteration; after the step's last one the gradients set out, and metrics are updated on their way. */
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
        reducer.startReduce(lastStep);
        times.addSince(Phase.REDUCE, start);
    }

    /** A step whose rows all weigh nothing teaches nothing. */
    private void update(double weight) {
        if (weight == 0) {
            reducer.discard();
            return;
        }
        int parameters = network.layout().trainableFloats();
        FloatBuffer weights = network.weights().slice(0, parameters);
        optimizer.step(weights, reducer.gradientSum().slice(0, parameters), reducer.gradientScale(weight));
        reducer.adoptBuffers(weight);
        network.publishWeights();
    }
}
