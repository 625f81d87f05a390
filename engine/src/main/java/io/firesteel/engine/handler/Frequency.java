package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.State;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Rows per second, or whatever else a run gets through, by the wall clock: since the epoch started, written into {@code
 * state().metrics()} after each iteration. Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.Frequency.html">Frequency</a>. The time is all that passes between
 * the start of the epoch and the end of the last iteration, waiting for batches and other replicas included.
 *
 * <p>Differs from Ignite's in that it doesn't communicate. On a trainer the weight of the output is that of the rows of all
 * replicas, so the value is that of the whole run on each of them; where an output tells of one replica only,
 * {@link Throughput#and} makes one of several. It measures this program, so it isn't saved: after a resumption inside an epoch it is of
 * the rest of it.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class Frequency<B, O> implements Handler<B, O> {
    private final String metric;
    private final ToDoubleFunction<? super State<B, O>> amount;
    private final Stopwatch watch;
    private double sum;
    private Duration time = Duration.ZERO;

    /**
     * @param metric name under which it is written, as {@code rowsPerSecond}
     * @param amount what an iteration has got through, &gt;= 0: {@code state -> state.output().weight()}
     */
    public Frequency(String metric, ToDoubleFunction<? super State<B, O>> amount) {
        this(metric, amount, System::nanoTime);
    }

    /**
     * @param metric name under which it is written
     * @param amount what an iteration has got through, &gt;= 0
     * @param nanoClock nanoseconds since any moment, never going back
     */
    public Frequency(String metric, ToDoubleFunction<? super State<B, O>> amount, LongSupplier nanoClock) {
        this.metric = Objects.requireNonNull(metric, "metric");
        this.amount = Objects.requireNonNull(amount, "amount");
        this.watch = new Stopwatch(Objects.requireNonNull(nanoClock, "nanoClock"));
    }

    @Override
    public String name() {
        return "frequency " + metric;
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(Events.EPOCH_STARTED, EngineMetrics.PRIORITY, name(), e -> begin());
        engine.on(Events.ITERATION_COMPLETED, EngineMetrics.PRIORITY, name(), this::count);
    }

    private void begin() {
        sum = 0;
        time = Duration.ZERO;
        watch.reset(0);
        watch.start();
    }

    private void count(Engine<B, O> engine) {
        sum += amount.applyAsDouble(engine.state());
        time = Duration.ofNanos(watch.nanos());
        engine.state().metrics().put(metric, throughput().perSecond());
    }

    /** What this engine has got through since the epoch started, up to the end of its last iteration. */
    public Throughput throughput() {
        return new Throughput(sum, time);
    }
}
