package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.EventSelector;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.Stateful;
import java.util.Objects;

/**
 * Keeps an exponential moving average of a model's weights, {@code average += momentum (weights - average)}: Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.handlers.ema_handler.EMAHandler.html">EMAHandler</a>. Begins with the
 * weights at STARTED and is updated at ITERATION_COMPLETED with priority -500, after the handlers that may change weights and
 * before what saves them. Each update reads all weights once; the average takes as much memory as they do.
 *
 * <p>Differs from Ignite's, where:
 *
 * <ul>
 *   <li>A second model computes with the average. Here the average takes the weights' place for a while: {@link #swap}.
 *   <li>The average begins with the weights when the handler is made, before others are loaded.
 *   <li>A warm-up has no effect if the momentum's attribute has a name of its own. Here there is {@link #momentum()}.
 *   <li>Buffers may be left alone in a third way, for an averaged model that is itself trained.
 *   <li>The average isn't saved unless it is listed. Here it is, exactly.
 * </ul>
 *
 * <p>Not collective: each replica averages its own copy of the weights, which are equal. Where replicas exchange weights every
 * so many steps, they are equal after an exchange only, and {@code everyIterations} has to be a multiple of those steps.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class ModelEma<B, O> implements Handler<B, O>, Stateful, AveragedWeights {
    /** After what changes the weights at the end of an iteration, before what saves them. */
    static final int PRIORITY = -500;

    private final EmaOptions options;
    private final EventSelector when;
    private final WeightAverage average;

    /** Updated at the iterations that the options name. */
    public ModelEma(EmaOptions options, Weights weights) {
        this(options, weights, options.event());
    }

    /**
     * Updated at other events, such as the steps of a trainer that accumulates gradients.
     *
     * @param when takes the place of the options' iterations
     */
    public ModelEma(EmaOptions options, Weights weights, EventSelector when) {
        this.options = Objects.requireNonNull(options, "options");
        this.when = Objects.requireNonNull(when, "when");
        this.average = new WeightAverage("moving average", weights, options.buffers());
    }

    @Override
    public String name() {
        return "moving average of weights";
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(Events.STARTED, PRIORITY, name(), this::begin);
        engine.on(when, PRIORITY, name(), e -> update());
    }

    /** Share of the weights in the last update; that of the first one before it. */
    public double momentum() {
        return options.momentumAt(Math.max(1, average.updates()));
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

    /** A run that goes on without a saved average begins one. */
    private void begin(Engine<B, O> engine) {
        if (engine.state().iteration() == 0 || average.isEmpty()) {
            average.begin();
        }
    }

    private void update() {
        average.update(options.momentumAt(average.updates() + 1));
    }
}
