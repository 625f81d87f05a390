package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.Stateful;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Ends the run after the first iteration that completes when a time has been spent on it: Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.handlers.time_limit.TimeLimit.html">TimeLimit</a>. The clocks of
 * replicas differ; the first one whose time is over ends the run for all, by vote.
 *
 * <p>Differs from Ignite's, whose clock starts when the object is made and begins anew in each program. Here it starts at
 * STARTED, stands while the run is suspended, and a run that is resumed counts what was spent before. A run that begins at
 * iteration 0 begins with nothing spent.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class TimeLimit<B, O> implements Handler<B, O>, Stateful {
    private static final int VERSION = 1;
    private static final String SPENT = "nanos";
    private static final double NANOS = 1e9;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final long limitNanos;
    private final Stopwatch spent;

    /** @param limit what a run may take, &gt; 0 */
    public TimeLimit(Duration limit) {
        this(limit, System::nanoTime);
    }

    /**
     * @param limit what a run may take, &gt; 0
     * @param nanoClock nanoseconds since any moment, never going back
     */
    public TimeLimit(Duration limit, LongSupplier nanoClock) {
        Valid.positive("time limit", limit);
        this.limitNanos = limit.compareTo(LONGEST) < 0 ? limit.toNanos() : Long.MAX_VALUE;
        this.spent = new Stopwatch(Objects.requireNonNull(nanoClock, "nanoClock"));
    }

    @Override
    public String name() {
        return "time limit";
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(Events.STARTED, 0, name(), this::begin);
        engine.on(Events.ITERATION_STARTED, 0, name(), e -> spent.start());
        engine.on(Events.ITERATION_COMPLETED, 0, name(), this::look);
        engine.on(Events.INTERRUPT, 0, name(), e -> spent.pause());
        engine.on(Events.EXCEPTION_RAISED, 0, name(), e -> spent.pause());
        engine.on(Events.TERMINATE.or(Events.COMPLETED), 0, name(), e -> spent.pause());
    }

    /** What has been spent on the run so far, that before it was resumed included. */
    public Duration spent() {
        return Duration.ofNanos(spent.nanos());
    }

    @Override
    public StateDict state() {
        return StateDict.builder(VERSION).put(SPENT, spent.nanos()).build();
    }

    @Override
    public void restore(StateDict saved) {
        long nanos = saved.require(VERSION, SPENT).longValue(SPENT);
        Valid.notNegative(SPENT, nanos);
        spent.reset(nanos);
    }

    private void begin(Engine<B, O> engine) {
        if (engine.state().iteration() == 0) {
            spent.reset(0);
        }
        spent.start();
    }

    private void look(Engine<B, O> engine) {
        long nanos = spent.nanos();
        if (nanos >= limitNanos) {
            engine.terminate(String.format(
                    Locale.ROOT, "time limit: %.1f s spent (limit %.1f s)", nanos / NANOS, limitNanos / NANOS));
        }
    }
}
