package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Handler;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Measures time between events, in total and per step: Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.handlers.timing.Timer.html">Timer</a>. Where one event drives it in
 * several ways, it starts, goes on, pauses and counts in this order. May also be driven by hand, without an engine.
 *
 * <p>Differs from Ignite's, which runs from the moment it is made and is told when it is made whether its value is a total or an
 * average: here it stands at 0 until it is started, and gives both. It measures this program; its time isn't saved with a run.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class Timer<B, O> implements Handler<B, O> {
    private static final int START = 3;
    private static final int RESUME = 2;
    private static final int PAUSE = 1;

    private final TimerEvents events;
    private final Stopwatch watch;
    private long steps;

    /** @param events what drives it */
    public Timer(TimerEvents events) {
        this(events, System::nanoTime);
    }

    /**
     * @param events what drives it
     * @param nanoClock nanoseconds since any moment, never going back
     */
    public Timer(TimerEvents events, LongSupplier nanoClock) {
        this.events = Objects.requireNonNull(events, "events");
        this.watch = new Stopwatch(Objects.requireNonNull(nanoClock, "nanoClock"));
    }

    @Override
    public String name() {
        return "timer";
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(events.start(), START, name(), e -> start());
        events.resume().ifPresent(selector -> engine.on(selector, RESUME, name(), e -> resume()));
        engine.on(events.pause(), PAUSE, name(), e -> pause());
        events.step().ifPresent(selector -> engine.on(selector, 0, name(), e -> step()));
    }

    /** Begins anew: no time, no steps, and running. */
    public void start() {
        watch.reset(0);
        steps = 0;
        watch.start();
    }

    /** Goes on, if it is paused. */
    public void resume() {
        watch.start();
    }

    /** Stands still, if it runs. */
    public void pause() {
        watch.pause();
    }

    /** Counts one step. */
    public void step() {
        steps++;
    }

    /** Steps since the start. */
    public long steps() {
        return steps;
    }

    /** Time since the start without pauses; 0 before the first. */
    public Duration total() {
        return Duration.ofNanos(watch.nanos());
    }

    /** The total by the number of steps; the total itself as long as there is none. */
    public Duration average() {
        return total().dividedBy(Math.max(1, steps));
    }
}
