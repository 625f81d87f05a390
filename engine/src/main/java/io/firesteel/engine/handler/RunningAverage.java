package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.Stateful;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * An average in which each iteration counts less the longer it is past: first the first value, then {@code alpha * average + (1 -
 * alpha) * value}; written into {@code state().metrics()} after each iteration. Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.RunningAverage.html">RunningAverage</a>, without its communication: of this
 * engine alone. A NaN makes all later values NaN until the average begins anew.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class RunningAverage<B, O> implements Handler<B, O>, Stateful {
    /** Ignite's. */
    public static final double ALPHA = 0.98;

    private static final int VERSION = 1;
    private static final String AVERAGE = "average";
    private static final String COUNT = "count";

    private final String metric;
    private final double alpha;
    private final boolean epochBound;
    private final ToDoubleFunction<? super O> value;
    private double average;
    private long count;

    /**
     * @param metric name under which the average is written
     * @param alpha share that is left of the average, in (0, 1]
     * @param epochBound whether each epoch begins anew
     * @param value the number of an output
     */
    public RunningAverage(String metric, double alpha, boolean epochBound, ToDoubleFunction<? super O> value) {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("Invalid alpha: " + alpha + " (must be in (0, 1])");
        }
        this.metric = Objects.requireNonNull(metric, "metric");
        this.alpha = alpha;
        this.epochBound = epochBound;
        this.value = Objects.requireNonNull(value, "value");
    }

    /**
     * Of a metric's value of each output by itself; it must be a single number.
     *
     * @param input what the metric reads of an output
     */
    public static <B, O, S> RunningAverage<B, O> of(
            String name, double alpha, boolean epochBound, Metric<S> metric, Function<? super O, MetricInput> input) {
        return new RunningAverage<>(name, alpha, epochBound, output -> {
            S state = metric.zero();
            metric.update(state, input.apply(output));
            return metric.compute(state).number();
        });
    }

    @Override
    public String name() {
        return "running average " + metric;
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(
                Events.STARTED,
                EngineMetrics.PRIORITY,
                name(),
                e -> begin(e.state().iteration() > 0));
        if (epochBound) {
            engine.on(
                    Events.EPOCH_STARTED,
                    EngineMetrics.PRIORITY,
                    name(),
                    e -> begin(e.state().epochIteration() > 0));
        }
        engine.on(Events.ITERATION_COMPLETED, EngineMetrics.PRIORITY, name(), this::add);
    }

    private void begin(boolean goesOn) {
        count = goesOn ? count : 0;
    }

    private void add(Engine<B, O> engine) {
        double next = value.applyAsDouble(engine.state().output());
        average = count == 0 ? next : alpha * average + (1 - alpha) * next;
        count++;
        engine.state().metrics().put(metric, average);
    }

    @Override
    public StateDict state() {
        return StateDict.builder(VERSION)
                .put(AVERAGE, average)
                .put(COUNT, count)
                .build();
    }

    @Override
    public void restore(StateDict saved) {
        saved.require(VERSION, AVERAGE, COUNT);
        average = saved.doubleValue(AVERAGE);
        count = saved.longValue(COUNT);
    }
}
