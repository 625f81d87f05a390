package io.firesteel.engine.train;

import ai.djl.Device;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.Rows;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Optimization;
import java.util.List;

/**
 * A network and the loss that it is to lower, for a program without Spark; its engines train and evaluate the network on {@link
 * Rows}. What <a href="https://docs.pytorch.org/ignite/engine.html">PyTorch Ignite</a> has as {@code
 * create_supervised_trainer} and {@code create_supervised_evaluator}. Step, metrics and optimizers are those of a job, so that
 * the same rows in the same order learn the same bits.
 *
 * <p>Belongs to one thread. Who creates it closes it, and the network with it, once no engine runs any more.
 */
public final class Supervised implements AutoCloseable {
    private final RowLayout layout;
    private final ModelSpec model;
    private final LossFunction loss;
    private final long seed;
    private final Network network;

    private Supervised(RowLayout layout, ModelSpec model, LossFunction loss, long seed, Network network) {
        this.layout = layout;
        this.model = model;
        this.loss = loss;
        this.seed = seed;
        this.network = network;
    }

    /** As {@link #create(RowLayout, ModelSpec, LossFunction, long, Device)}, on the CPU. */
    public static Supervised create(RowLayout layout, ModelSpec model, LossFunction loss, long seed) {
        return create(layout, model, loss, seed, Device.cpu());
    }

    /**
     * Builds the network. Loads libtorch with one thread to an operator, so that runs have equal bits on equal machines;
     * {@link Torch#start} with more makes large networks faster.
     *
     * @param layout of the rows: {@link Rows#layout()}
     * @param model which network
     * @param loss what training lowers
     * @param seed decides the first weights
     * @param device where the network computes
     * @throws IllegalArgumentException if rows, model and loss don't fit together
     */
    public static Supervised create(RowLayout layout, ModelSpec model, LossFunction loss, long seed, Device device) {
        loss.checkLabel(layout.label());
        Torch.start(1);
        Network network =
                Network.create(model, layout.inputs(), layout.label(), seed, device, GradientReducer.EXCHANGE_FLOATS);
        try {
            loss.checkOutputs(network.outputs(), layout.label());
            return new Supervised(layout, model, loss, seed, network);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** The network, with the weights that it has just now. Stays this object's. */
    public Network network() {
        return network;
    }

    /**
     * An engine that trains: an iteration is one step of the optimizer on one batch. Its output is the batch's loss before the
     * step. The schedules of the optimization are applied at ITERATION_STARTED.
     *
     * <p>{@link Engine#handlerStates()} holds the weights and the state of the optimizer: with {@link Engine#stateDict()} a run goes on
     * in another program and ends with the same bits.
     *
     * <p>The metrics are those of the predictions that the steps of the epoch have made on their way, with the weights of that
     * moment; in an epoch that is resumed in its middle, of the rest. Handlers of EPOCH_COMPLETED with a priority below {@link
     * ReplicaTraining#METRICS_PRIORITY} find them in {@code state().metrics()}, under their names.
     *
     * @param optimization the optimizer
     * @param metrics such as {@code loss} and {@code f=2*precision*recall/(precision+recall)}: entries of a {@link MetricSet}; may be empty
     * @throws IllegalArgumentException if there is no metric of a name, or a group of the optimization fits no parameter
     */
    public Engine<StepBatch, StepOutput> trainer(Optimization optimization, String... metrics) {
        return trainer(optimization, 1, metrics);
    }

    /**
     * As {@link #trainer(Optimization, String...)}, where the gradients of several iterations make one step of the optimizer: what
     * batches so many times larger would learn. The last step of an epoch has what is left. {@link TrainingEvents#STEP_COMPLETED}
     * fires where a step ends, and {@link Engine#terminate} takes effect there; the engine's states can be saved there alone.
     *
     * @param accumulate iterations of a step, &gt;= 1
     * @throws IllegalArgumentException also if {@code accumulate} is out of range
     */
    public Engine<StepBatch, StepOutput> trainer(Optimization optimization, int accumulate, String... metrics) {
        optimization.check(network.layout().trainableNames());
        TrainingSpec spec = spec(optimization, accumulate, List.of(metrics));
        ShardMetrics states = new ShardMetrics(spec.metricSet(), List.of(Rows.SHARD));
        TrainingStep step =
                TrainingStep.of(spec, new Hosting(network, 1, Communicator.local(), states, new PhaseTimes()));
        Engine<StepBatch, StepOutput> trainer =
                new Engine<>("trainer", (engine, batch) -> step.process(engine, checked(batch)));
        // DJL turns it off on the thread that loads libtorch.
        trainer.on(Events.STARTED, ReplicaTraining.METRICS_PRIORITY, "gradients", e -> Torch.recordGradients(true));
        trainer.attach(new LearntState(network, step));
        StepEvents.attach(step, trainer);
        ScheduledHyperparameters.attach(spec, step, trainer);
        if (accumulate > 1) {
            trainer.terminationVote(requested -> requested && !step.isInsideStep());
        }
        publishMetrics(trainer, spec.metricSet(), states);
        return trainer;
    }

    /** How long it trains and in which batches is up to the run. */
    private TrainingSpec spec(Optimization optimization, int accumulate, List<String> metrics) {
        return new TrainingSpec(
                layout,
                model,
                loss,
                optimization,
                WirePrecision.FLOAT32,
                metrics,
                1,
                Batching.of(1).withAccumulate(accumulate),
                seed,
                CheckpointPolicy.NEVER,
                List.of(),
                HandlerOptions.NONE);
    }

    /**
     * An engine that measures: an iteration predicts one batch, without learning from it. May be run in a handler of the trainer.
     * After each run, {@code state().metrics()} holds the values of the rows of its last epoch, under their names.
     *
     * @param metrics such as {@code loss} and {@code accuracy}: entries of a {@link MetricSet}
     * @throws IllegalArgumentException if there is no metric of a name
     */
    public Engine<StepBatch, Void> evaluator(String... metrics) {
        return evaluator(MetricSet.of(metrics));
    }

    /**
     * As {@link #evaluator(String...)}, with metrics of yours among them: {@code MetricSet.of(Map.of("mine", metric), List.of("mine",
     * "loss"))}.
     */
    public Engine<StepBatch, Void> evaluator(MetricSet metrics) {
        ShardMetrics states = new ShardMetrics(metrics, List.of(Rows.SHARD));
        EvaluationStep step = new EvaluationStep(network, layout, loss, states);
        Engine<StepBatch, Void> evaluator =
                new Engine<>("evaluator", (engine, batch) -> step.process(engine, checked(batch)));
        publishMetrics(evaluator, metrics, states);
        return evaluator;
    }

    private static <O> void publishMetrics(Engine<StepBatch, O> engine, MetricSet metrics, ShardMetrics states) {
        StateMerger merger = StateMerger.of(metrics);
        MetricWarnings warnings = new MetricWarnings();
        engine.on(Events.EPOCH_STARTED, ReplicaTraining.METRICS_PRIORITY, "metrics", e -> states.reset());
        engine.on(Events.EPOCH_COMPLETED, ReplicaTraining.METRICS_PRIORITY, "metrics", e -> {
            MergedMetrics merged = MergedMetrics.of(metrics, merger.merge(states.states()));
            warnings.warn("", merged);
            merged.writeTo(e.state().metrics(), "", metrics);
        });
    }

    private StepBatch checked(StepBatch step) {
        List<Batch> batches = step.batches();
        if (batches.size() != 1 || batches.get(0).shard() != Rows.SHARD) {
            throw new IllegalArgumentException("Cannot take a step: it has batches of shards "
                    + batches.stream().map(Batch::shard).toList() + " (expected one of shard " + Rows.SHARD
                    + ", as Rows gives)");
        }
        if (!batches.get(0).layout().equals(layout)) {
            throw new IllegalArgumentException("Cannot take a step: rows are "
                    + batches.get(0).layout() + " (expected " + layout + ", for which the network was built)");
        }
        return step;
    }

    @Override
    public void close() {
        network.close();
    }
}
