package io.firesteel.engine.event;

import java.util.Arrays;
import java.util.List;

/** One event of one engine: who listens and how often it fired. */
final class Channel<B, O> {
    private final Event event;
    private final EventCounter counter;
    private final Engine<B, O> engine;

    /** Replaced, never changed, so that a firing walks the listeners it began with. */
    private Listener<B, O>[] listeners = array(0);

    private final HandlerClock clock;

    /** In this run, and in those that it continues. */
    private long fired;

    private long firedBefore;

    Channel(Event event, Engine<B, O> engine, HandlerClock clock) {
        this.event = event;
        this.counter = event.counter();
        this.engine = engine;
        this.clock = clock;
    }

    Event event() {
        return event;
    }

    /** In this run. */
    long fired() {
        return fired;
    }

    /** In this run and those that it continues. */
    long firedInAll() {
        return firedBefore + fired;
    }

    /** Another run begins, before which the event has fired that often. */
    void beginRun(long before) {
        firedBefore = before;
        fired = 0;
        for (Listener<B, O> listener : listeners) {
            listener.beginRun();
        }
    }

    /** Higher priority first, then as registered. */
    void add(Listener<B, O> listener) {
        int place = listeners.length;
        while (place > 0 && listeners[place - 1].priority() < listener.priority()) {
            place--;
        }
        Listener<B, O>[] more = array(listeners.length + 1);
        System.arraycopy(listeners, 0, more, 0, place);
        more[place] = listener;
        System.arraycopy(listeners, place, more, place + 1, listeners.length - place);
        listeners = more;
    }

    @SuppressWarnings("ReferenceEquality")
    void remove(Listener<B, O> listener) {
        for (int i = 0; i < listeners.length; i++) {
            if (listeners[i] == listener) {
                Listener<B, O>[] fewer = array(listeners.length - 1);
                System.arraycopy(listeners, 0, fewer, 0, i);
                System.arraycopy(listeners, i + 1, fewer, i, fewer.length - i);
                listeners = fewer;
                return;
            }
        }
    }

    /** The places of one handler, whatever their filters and priorities. */
    List<Listener<B, O>> of(EventHandler<B, O> handler) {
        return Arrays.stream(listeners)
                .filter(listener -> listener.isOf(handler))
                .toList();
    }

    void fire() throws Exception {
        fired++;
        Listener<B, O>[] snapshot = listeners;
        if (snapshot.length == 0) {
            return;
        }
        if (clock.observer() == null) {
            call(snapshot);
        } else {
            callObserved(snapshot, clock.observer());
        }
    }

    private void callObserved(Listener<B, O>[] snapshot, HandlerObserver observer) throws Exception {
        long start = System.nanoTime();
        try {
            call(snapshot);
        } finally {
            observer.fired(event, System.nanoTime() - start);
        }
    }

    private void call(Listener<B, O>[] snapshot) throws Exception {
        long count = counter.of(engine.state(), firedBefore + fired);
        int i = 0;
        try {
            for (; i < snapshot.length; i++) {
                if (snapshot[i].accepts(engine, count)) {
                    clock.start();
                    handle(snapshot[i]);
                }
            }
        } catch (Throwable failure) {
            failure.addSuppressed(context(snapshot[i]));
            throw failure;
        }
    }

    private void handle(Listener<B, O> listener) throws Exception {
        HandlerObserver observer = clock.observer();
        if (observer == null) {
            listener.handle(engine);
            return;
        }
        long start = System.nanoTime();
        try {
            listener.handle(engine);
        } finally {
            observer.handled(event, listener.name(), System.nanoTime() - start);
        }
    }

    /** Calls every listener, whatever the others throw; what they throw is added to the failure they are told of. */
    void fireFor(Throwable failure) {
        fired++;
        clock.start();
        for (Listener<B, O> listener : listeners) {
            try {
                listener.handle(engine);
            } catch (Throwable second) {
                second.addSuppressed(context(listener));
                suppress(failure, second);
            }
        }
        clock.stop();
    }

    @SuppressWarnings("ReferenceEquality")
    static void suppress(Throwable failure, Throwable second) {
        if (failure != second) {
            failure.addSuppressed(second);
        }
    }

    private FailureContext context(Listener<B, O> listener) {
        return new FailureContext("handler " + listener.name() + " at " + event.name(), engine.name(), engine.state());
    }

    @SuppressWarnings("unchecked")
    private static <B, O> Listener<B, O>[] array(int length) {
        return (Listener<B, O>[]) new Listener<?, ?>[length];
    }
}
