package io.firesteel.engine.handler;

import java.util.function.LongSupplier;

/** Adds up time between starts and pauses. Begins paused, at 0. */
final class Stopwatch {
    private final LongSupplier clock;
    private long before;
    private long since;
    private boolean running;

    Stopwatch(LongSupplier clock) {
        this.clock = clock;
    }

    /** Goes on, if it doesn't run. */
    void start() {
        if (!running) {
            running = true;
            since = clock.getAsLong();
        }
    }

    void pause() {
        before = nanos();
        running = false;
    }

    /** Stands at a time, paused. */
    void reset(long nanos) {
        before = nanos;
        running = false;
    }

    long nanos() {
        return running ? before + clock.getAsLong() - since : before;
    }
}
