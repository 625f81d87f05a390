package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.Stateful;
import java.util.Objects;

/**
 * Keeps the mean of the weights at the ends of chosen epochs (<a href="https://arxiv.org/abs/1803.05407">Izmailov et al. 2018</a>,
 * algorithm 1): PyTorch's {@code torch.optim.swa_utils.AveragedModel}. Updated at EPOCH_COMPLETED with priority -500,
 * unless another one is given. Ignite has
 * no handler for it.
 *
 * <p>The learning rate during those epochs is a schedule's business. Nor are BatchNorm's running statistics computed anew for the
 * averaged weights, as PyTorch's {@code update_bn} does: they are copied from the last epoch or averaged.
 *
 * <p>Not collective: each replica averages its own copy of the weights, which are equal at the end of an epoch.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class StochasticWeightAverage<B, O> implements Handler<B, O>, Stateful, AveragedWeights {
    private final SwaOptions options;
    private final int priority;
    private final WeightAverage average;

    public StochasticWeightAverage(SwaOptions options, Weights weights) {
        this(options, weights, ModelEma.PRIORITY);
    }

    /** @param priority at EPOCH_COMPLETED: above that of what evaluates the average, below that of what changes the weights */
    public StochasticWeightAverage(SwaOptions options, Weights weights, int priority) {
        this.priority = priority;
        this.options = Objects.requireNonNull(options, "options");
        this.average = new WeightAverage("mean", weights, options.buffers());
    }

    @Override
    public String name() {
        return "mean of weights";
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(Events.STARTED, ModelEma.PRIORITY, name(), this::begin);
        engine.on(Events.EPOCH_COMPLETED, priority, name(), this::look);
    }

    @Override
    public long updates() {
        return average.updates();
    }

    @Override
    public boolean isPresent() {
        return !average.isEmpty();
    }

    @Override
    public Restoration swap() {
        return average.swap();
    }

    @Override
    public StateDict state() {
        return average.state();
    }

    @Override
    public void restore(StateDict saved) {
        average.restore(saved);
    }

    private void begin(Engine<B, O> engine) {
        if (engine.state().iteration() == 0) {
            average.clear();
        }
    }

    private void look(Engine<B, O> engine) {
        if (options.selects(engine.state().epoch())) {
            average.update(1.0 / (average.updates() + 1));
        }
    }
}
