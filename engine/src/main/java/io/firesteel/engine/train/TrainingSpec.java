package io.firesteel.engine.train;

import ai.djl.Device;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.UserClass;
import io.firesteel.engine.optim.Optimization;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Everything that decides what is learnt, apart from the rows: a value that every replica gets.
 *
 * @param layout inputs, label and weight of a row
 * @param model the network
 * @param loss what the optimizer lowers
 * @param optimizer how it does that
 * @param synchronization what makes the shards' learning one
 * @param metrics what is measured over training and validation rows: entries of a {@link MetricSet}
 * @param epochs passes over the training rows, at least 1
 * @param batching how rows become steps
 * @param seed decides the first weights and the order of the rows
 * @param checkpoints when state is saved
 * @param setup class names of {@link TrainingSetup}s and {@link CoordinatorSetup}s, in the order in which they attach their
 *     handlers
 * @param handlers those that need no code
 */
public record TrainingSpec(
        RowLayout layout,
        ModelSpec model,
        LossFunction loss,
        Optimization optimizer,
        Synchronization synchronization,
        List<String> metrics,
        int epochs,
        Batching batching,
        long seed,
        CheckpointPolicy checkpoints,
        List<String> setup,
        HandlerOptions handlers)
        implements Serializable {
    public TrainingSpec {
        Objects.requireNonNull(synchronization, "synchronization");
        metrics = List.copyOf(metrics);
        setup = List.copyOf(setup);
        Objects.requireNonNull(handlers, "handlers");
        if (epochs < 1) {
            throw new IllegalArgumentException("Invalid epochs: " + epochs + " (must be >= 1)");
        }
        Objects.requireNonNull(batching, "batching");
        loss.checkLabel(layout.label());
        if (optimizer.sharded() && !(synchronization instanceof WirePrecision)) {
            throw new IllegalArgumentException("Cannot shard the optimizer: " + synchronization
                    + " needs all of it on each replica (expected sharded: false, or gradients in some precision)");
        }
        if (batching.accumulate() > 1 && synchronization instanceof LocalSgd) {
            throw new IllegalArgumentException("Cannot accumulate gradients of " + batching.accumulate()
                    + " iterations: every shard takes steps of its own with " + synchronization
                    + " (expected accumulate: 1, or gradients that travel)");
        }
        boolean hasSimpleSteps = batching.accumulate() == 1 && !(synchronization instanceof LocalSgd);
        if (handlers.watching().findLearningRates().isPresent() && !hasSimpleSteps) {
            throw new IllegalArgumentException(
                    "Cannot try learning rates: a step is more than one iteration of all shards"
                            + " (expected accumulate: 1 and gradients that travel, not " + batching.accumulate()
                            + " and "
                            + synchronization + ")");
        }
    }

    /** Without handlers that need no code. */
    public TrainingSpec(
            RowLayout layout,
            ModelSpec model,
            LossFunction loss,
            Optimization optimizer,
            Synchronization synchronization,
            List<String> metrics,
            int epochs,
            int batchSize,
            long seed,
            CheckpointPolicy checkpoints,
            List<String> setup) {
        this(
                layout,
                model,
                loss,
                optimizer,
                synchronization,
                metrics,
                epochs,
                Batching.of(batchSize),
                seed,
                checkpoints,
                setup,
                HandlerOptions.NONE);
    }

    /** Gradients of every step are added as float32. */
    public TrainingSpec(
            RowLayout layout,
            ModelSpec model,
            LossFunction loss,
            Optimization optimizer,
            List<String> metrics,
            int epochs,
            int batchSize,
            long seed,
            CheckpointPolicy checkpoints,
            List<String> setup) {
        this(
                layout,
                model,
                loss,
                optimizer,
                WirePrecision.FLOAT32,
                metrics,
                epochs,
                batchSize,
                seed,
                checkpoints,
                setup);
    }

    /** Rows of an iteration over all shards; the most if it grows. */
    public int batchSize() {
        return batching.size();
    }

    /** Which iterations make a step. */
    Accumulation accumulation() {
        return new Accumulation(batching.accumulate());
    }

    /** Its steps alone: one for each iteration, a loss that is no finite number given to who looks at it, and no handlers. */
    TrainingSpec forTrial() {
        return new TrainingSpec(
                layout,
                model,
                loss,
                optimizer,
                synchronization,
                metrics,
                epochs,
                Batching.of(batching.size()),
                seed,
                CheckpointPolicy.NEVER,
                List.of(),
                new HandlerOptions(List.of(), null, true, null));
    }

    /**
     * What these texts measure.
     *
     * @throws IllegalArgumentException if a text names no metric
     */
    public MetricSet metricSet() {
        return MetricSet.of(metrics);
    }

    /** Builds the network on a device; the caller closes it. */
    public Network network(Device device) {
        Network network =
                Network.create(model, layout.inputs(), layout.label(), seed, device, GradientReducer.EXCHANGE_FLOATS);
        try {
            loss.checkOutputs(network.outputs(), layout.label());
            optimizer.check(network.layout().trainableNames());
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** New instances of the setups that attach handlers on replicas. */
    public List<TrainingSetup> setups() {
        return setups(TrainingSetup.class);
    }

    /** New instances of the setups that attach handlers on the driver. */
    public List<CoordinatorSetup> coordinatorSetups() {
        return setups(CoordinatorSetup.class);
    }

    /** Whether handlers on the driver have a say at the end of an epoch. */
    public boolean isCoordinated() {
        return setup.stream().map(TrainingSpec::setupClass).anyMatch(CoordinatorSetup.class::isAssignableFrom);
    }

    private <T> List<T> setups(Class<T> role) {
        return setup.stream()
                .filter(name -> role.isAssignableFrom(setupClass(name)))
                .map(name -> UserClass.create("setup", name, role))
                .toList();
    }

    private static Class<?> setupClass(String name) {
        return UserClass.load("setup", name, TrainingSetup.class, CoordinatorSetup.class);
    }
}
