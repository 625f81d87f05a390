package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Event;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.HandlerObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Measures where the time of a run goes: loading batches, the process function, each event and each handler; Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.handlers.time_profilers.HandlersTimeProfiler.html">HandlersTimeProfiler</a>
 * and BasicTimeProfiler in one. Begins anew at each STARTED. Handlers of a nested engine or event are part of the one that runs
 * them; those of EXCEPTION_RAISED aren't measured, nor is the profiler itself. What it costs: two readings of the clock per call of
 * a handler, and memory for each handler.
 *
 * <p>Differs from Ignite's, which wrap the handlers that are there when the run starts, and keep each single time in
 * memory: here statistics are kept, so that a run of any length fits. An engine has one profiler at a time.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class TimeProfiler<B, O> implements Handler<B, O> {
    private static final String NAME = "time profiler";

    /** Before and after all others. */
    private static final int FIRST = Integer.MAX_VALUE;

    private static final int LAST = Integer.MIN_VALUE;

    /** The times of one event. */
    private static final class EventTimes {
        final TimeStatistics all = new TimeStatistics();
        final Map<String, TimeStatistics> handlers = new LinkedHashMap<>();
    }

    private final LongSupplier clock;
    private final Map<Event, EventTimes> events = new LinkedHashMap<>();
    private TimeStatistics data = new TimeStatistics();
    private TimeStatistics process = new TimeStatistics();
    private long since;

    public TimeProfiler() {
        this(System::nanoTime);
    }

    /** @param nanoClock for data and process: nanoseconds since any moment, never going back */
    public TimeProfiler(LongSupplier nanoClock) {
        this.clock = Objects.requireNonNull(nanoClock, "nanoClock");
    }

    @Override
    public String name() {
        return NAME;
    }

    /** @throws IllegalStateException if the engine is observed already */
    @Override
    public void attach(Engine<B, O> engine) {
        engine.observe(new Times());
        engine.on(Events.STARTED, FIRST, NAME, e -> begin());
        engine.on(Events.GET_BATCH_STARTED, LAST, NAME, e -> since = clock.getAsLong());
        engine.on(Events.GET_BATCH_COMPLETED, FIRST, NAME, e -> data.add(clock.getAsLong() - since));
        engine.on(Events.ITERATION_STARTED, LAST, NAME, e -> since = clock.getAsLong());
        engine.on(Events.ITERATION_COMPLETED, FIRST, NAME, e -> process.add(clock.getAsLong() - since));
    }

    /** What has been measured since STARTED; a copy. */
    public TimeProfile profile() {
        List<TimeProfile.Row> rows = new ArrayList<>();
        if (!data.isEmpty()) {
            rows.add(data.row(TimeProfile.Part.DATA, "", ""));
        }
        if (!process.isEmpty()) {
            rows.add(process.row(TimeProfile.Part.PROCESS, "", ""));
        }
        events.forEach((event, times) -> addRows(rows, event.name(), times));
        return new TimeProfile(rows);
    }

    private static void addRows(List<TimeProfile.Row> rows, String event, EventTimes times) {
        if (times.handlers.isEmpty()) {
            return;
        }
        if (!times.all.isEmpty()) {
            rows.add(times.all.row(TimeProfile.Part.EVENT, event, ""));
        }
        times.handlers.forEach((name, handler) -> rows.add(handler.row(TimeProfile.Part.HANDLER, event, name)));
    }

    private void begin() {
        events.clear();
        data = new TimeStatistics();
        process = new TimeStatistics();
    }

    private final class Times implements HandlerObserver {
        @Override
        public void handled(Event event, String handler, long nanos) {
            if (!handler.equals(NAME)) {
                times(event)
                        .handlers
                        .computeIfAbsent(handler, name -> new TimeStatistics())
                        .add(nanos);
            }
        }

        @Override
        public void fired(Event event, long nanos) {
            times(event).all.add(nanos);
        }

        private EventTimes times(Event event) {
            return events.computeIfAbsent(event, added -> new EventTimes());
        }

        @Override
        public String toString() {
            return "the " + NAME;
        }
    }
}
