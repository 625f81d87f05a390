package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Event;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.Stateful;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.set.MetricResults;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.metric.set.MetricStates;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Metrics of what an engine puts out, written into {@code state().metrics()} under their names: Ignite's {@code metric.attach(engine, name,
 * usage)}. A value of several numbers is there as {@code name[0]}, {@code name[1]}, …, one that can't be computed as NaN. Handlers of the same event
 * that read them have a priority below {@link #PRIORITY}.
 *
 * <p>A state that several metrics of a set have in common is updated once. The states are saved with the engine, so that a run which
 * is resumed inside an epoch has the values of the whole epoch; a run that goes on doesn't begin anew. Of this engine alone: what all
 * replicas have seen is merged for the metrics of a job.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class EngineMetrics<B, O> implements Handler<B, O>, Stateful {
    /** Of the handlers that compute. */
    public static final int PRIORITY = 900;

    private static final int UPDATE = PRIORITY + 1;
    private static final int RESET = PRIORITY + 2;
    private static final int VERSION = 1;

    private final MetricSet metrics;
    private final MetricUsage usage;
    private final Function<? super O, MetricInput> input;
    private final MetricStates states;
    private final Set<String> written = new HashSet<>();

    /**
     * @param metrics what is measured
     * @param usage when
     * @param input what metrics read of an output
     */
    public EngineMetrics(MetricSet metrics, MetricUsage usage, Function<? super O, MetricInput> input) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.usage = Objects.requireNonNull(usage, "usage");
        this.input = Objects.requireNonNull(input, "input");
        this.states = metrics.zero();
    }

    /**
     * Of one metric.
     *
     * @param name under which it is written: letters, digits and {@code _}, a letter first
     */
    public static <B, O> EngineMetrics<B, O> of(
            String name, Metric<?> metric, MetricUsage usage, Function<? super O, MetricInput> input) {
        return new EngineMetrics<>(MetricSet.of(Map.of(name, metric), List.of(name)), usage, input);
    }

    /** Two with the same metrics can't be attached to one engine: their values would have the same names. */
    @Override
    public String name() {
        return "metrics " + String.join(", ", metrics.names());
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(usage.reset(), RESET, name(), this::reset);
        engine.on(
                usage.update(),
                UPDATE,
                name(),
                e -> states.update(input.apply(e.state().output())));
        engine.on(usage.compute(), PRIORITY, name(), this::write);
    }

    private void reset(Engine<B, O> engine) {
        if (!goesOn(engine)) {
            states.reset();
        }
    }

    /** Whether a run goes on with what it has: at its start, or in the middle of the epoch that begins. */
    private boolean goesOn(Engine<B, O> engine) {
        Event event = engine.lastEvent().orElseThrow();
        if (event.equals(Events.STARTED)) {
            return engine.state().iteration() > 0;
        }
        return event.equals(Events.EPOCH_STARTED) && engine.state().epochIteration() > 0;
    }

    private void write(Engine<B, O> engine) {
        Map<String, Double> values = results().flatten();
        written.forEach(engine.state().metrics()::remove);
        written.clear();
        written.addAll(values.keySet());
        engine.state().metrics().putAll(values);
    }

    /** The values of what has been taken in so far, with the reasons of those that there aren't. */
    public MetricResults results() {
        return metrics.compute(states);
    }

    @Override
    public StateDict state() {
        StateDict.Builder state = StateDict.builder(VERSION);
        states.toBytes()
                .forEach((name, bytes) -> state.put(name, Base64.getEncoder().encodeToString(bytes)));
        return state.build();
    }

    @Override
    public void restore(StateDict saved) {
        saved.require(VERSION, metrics.stateNames().toArray(String[]::new));
        Map<String, byte[]> bytes = new HashMap<>();
        metrics.stateNames().forEach(name -> bytes.put(name, Base64.getDecoder().decode(saved.string(name))));
        states.restore(bytes);
    }
}
