package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.Stateful;
import java.util.Objects;

/**
 * Keeps the mean of the weights at the ends of chosen epochs (<a href="https://arxiv.org/abs/1803.05407">Izmailov et al. 2018</a>,
 * algorithm 1): PyTorch's {@code torch.optim.swa_utils.AveragedModel}. Updated at EPOCH_COMPLETED with priority -500. Ignite has
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
    private static final int VERSION = 1;
    private static final String UPDATES = "updates";
    private static final String AVERAGE = "average";

    private final SwaOptions options;
    private final WeightAverage average;
    private long updates;

    public StochasticWeightAverage(SwaOptions options, Weights weights) {
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
        engine.on(Events.EPOCH_COMPLETED, ModelEma.PRIORITY, name(), this::look);
    }

    @Override
    public long updates() {
        return updates;
    }

    @Override
    public Restoration swap() {
        return average.swap();
    }

    @Override
    public StateDict state() {
        return StateDict.builder(VERSION)
                .put(UPDATES, updates)
                .put(AVERAGE, average.toArray())
                .build();
    }

    @Override
    public void restore(StateDict saved) {
        saved.require(VERSION, UPDATES, AVERAGE);
        long count = saved.longValue(UPDATES);
        Valid.notNegative(UPDATES, count);
        average.restore(saved.floats(AVERAGE));
        updates = count;
    }

    private void begin(Engine<B, O> engine) {
        if (engine.state().iteration() == 0) {
            average.clear();
            updates = 0;
        }
    }

    private void look(Engine<B, O> engine) {
        if (!options.selects(engine.state().epoch())) {
            return;
        }
        updates++;
        if (average.isEmpty()) {
            average.copy();
        } else {
            average.update(1.0 / updates);
        }
    }
}
