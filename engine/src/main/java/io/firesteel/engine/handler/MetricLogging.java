package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.EventSelector;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.State;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Gives values of a run to a logger, each n iterations or epochs or at whatever events: what Ignite's {@code
 * attach_output_handler} does. With priority -100, after the handlers that compute what is logged.
 *
 * <p>Differs from Ignite's, where each kind of logger has its own handlers: here one handler serves all {@link MetricLogger}s. It
 * logs on the replica on which it is attached, so attach it on one of them.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class MetricLogging<B, O> implements Handler<B, O> {
    private static final int PRIORITY = -100;

    private final EventSelector when;
    private final Function<? super State<B, O>, Map<String, Double>> values;
    private final MetricLogger logger;

    /**
     * @param when at which firings
     * @param values what is logged; nothing is where there are none
     * @param logger where it goes; stays the caller's
     */
    public MetricLogging(
            EventSelector when, Function<? super State<B, O>, Map<String, Double>> values, MetricLogger logger) {
        this.when = Objects.requireNonNull(when, "when");
        this.values = Objects.requireNonNull(values, "values");
        this.logger = Objects.requireNonNull(logger, "logger");
    }

    /** Logs all metrics of the engine's state after each epoch. */
    public static <B, O> MetricLogging<B, O> ofEpochs(MetricLogger logger) {
        return new MetricLogging<>(Events.EPOCH_COMPLETED, State::metrics, logger);
    }

    @Override
    public String name() {
        return "metric logging";
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(when, PRIORITY, name(), this::log);
    }

    private void log(Engine<B, O> engine) {
        State<B, O> state = engine.state();
        Map<String, Double> now = values.apply(state);
        if (!now.isEmpty()) {
            logger.log(new LoggedMetrics(engine.name(), state.epoch(), state.iteration(), now));
        }
    }
}
