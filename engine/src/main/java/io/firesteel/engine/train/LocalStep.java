package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.State;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.optim.OptimizerState;
import java.util.ArrayList;
import java.util.List;

/**
 * One training step of {@link LocalSgd}: every hosted shard takes a step of its own; every few steps the shards' weights become
 * one. A shard is a worker with weights and optimizer of its own, whichever replica hosts it, so the bits depend on the shards
 * alone. Where a replica hosts one shard, the network's weights are that shard's; where it hosts several, each takes its turn
 * in the network.
 *
 * <p>Between exchanges nothing travels, and the loss is the last exchange's; a loss that is no number shows at the next exchange,
 * on all replicas.
 */
final class LocalStep implements TrainingStep {
    private final TrainingSpec spec;
    private final LocalSgd local;
    private final Network network;
    private final Communicator communicator;
    private final ShardPass pass;
    private final PhaseTimes times;
    private final List<LocalWorker> workers = new ArrayList<>();
    private final WeightExchange exchange;
    private StepSpan step;
    private boolean synchronizedWeights = true;
    private double lastLoss = Double.NaN;

    LocalStep(TrainingSpec spec, LocalSgd local, Hosting hosting) {
        this.spec = spec;
        this.local = local;
        this.network = hosting.network();
        this.communicator = hosting.communicator();
        this.times = hosting.times();
        this.pass = new ShardPass(network, spec, hosting.metrics(), times);
        for (int shard = 0; shard < hosting.shards(); shard++) {
            workers.add(new LocalWorker(network, Exchanges.optimizer(spec, network.layout()), hosting.shards() == 1));
        }
        this.exchange = new WeightExchange(network, local.outer(), communicator);
    }

    @Override
    public StepOutput process(Engine<StepBatch, StepOutput> engine, StepBatch batch) {
        long iteration = engine.state().iteration();
        beginWindow();
        for (int i = 0; i < workers.size(); i++) {
            learn(workers.get(i), iteration, batch.batches().get(i));
        }
        step = new StepSpan(iteration, iteration);
        boolean saves = spec.checkpoints().isDue(step);
        if (iteration % local.every() != 0 && !saves && !isLastOfEpoch(engine.state())) {
            return new StepOutput(lastLoss, 0);
        }
        StepOutput output = average(iteration);
        if (saves) {
            unifyOptimizers();
        }
        return output;
    }

    private static boolean isLastOfEpoch(State<?, ?> state) {
        return state.epochLength().isPresent() && state.epochLength().getAsLong() == state.epochIteration();
    }

    @Override
    public boolean isInsideStep() {
        return false;
    }

    @Override
    public StepSpan lastStep() {
        return step;
    }

    @Override
    public boolean isSynchronized() {
        return synchronizedWeights;
    }

    @Override
    public void synchronize(long iteration) {
        if (!synchronizedWeights) {
            average(iteration);
        }
    }

    /** After an exchange the network's weights are those of all. */
    private void beginWindow() {
        if (synchronizedWeights) {
            synchronizedWeights = false;
            exchange.begin();
            workers.forEach(LocalWorker::begin);
        }
    }

    private void learn(LocalWorker worker, long iteration, Batch batch) {
        if (batch.rows() > 0) {
            worker.enter();
            network.zeroGradients();
            pass.run(iteration, batch, loss -> {
                long start = System.nanoTime();
                worker.learn(loss, batch.weightSum());
                times.addSince(Phase.OPTIMIZER, start);
            });
        }
    }

    private StepOutput average(long iteration) {
        long start = System.nanoTime();
        StepOutput output = exchange.average(workers);
        times.addSince(Phase.REDUCE, start);
        synchronizedWeights = true;
        lastLoss = output.loss();
        if (!Double.isFinite(output.loss())) {
            throw TrainingDivergedException.ofLoss(iteration, output.loss());
        }
        return output;
    }

    /** So that a run which goes on from the checkpoint has the bits of one that wasn't stopped. */
    private void unifyOptimizers() {
        long start = System.nanoTime();
        OptimizerState common = new StateAverage(communicator, network.layout().trainableFloats()).of(workers);
        workers.forEach(worker -> worker.optimizer().restore(common));
        exchange.restore(exchange.state());
        times.addSince(Phase.REDUCE, start);
    }

    @Override
    public void settle() {
        unifyOptimizers();
    }

    @Override
    public List<Optimizer> optimizers() {
        return workers.stream().map(LocalWorker::optimizer).toList();
    }

    /** The states of the shards, which are equal after an exchange before a checkpoint, and that of the outer optimizer. */
    @Override
    public OptimizerState optimizerState() {
        return workers.isEmpty()
                ? exchange.state()
                : LocalStates.join(workers.get(0).optimizer().state(), exchange.state());
    }

    @Override
    public void restore(OptimizerState state) {
        workers.forEach(worker -> worker.optimizer().restore(LocalStates.inner(state)));
        exchange.restore(LocalStates.outer(state));
    }
}
