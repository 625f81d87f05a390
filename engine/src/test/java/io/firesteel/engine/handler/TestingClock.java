package io.firesteel.engine.handler;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Stands until it is moved. */
final class TestingClock implements LongSupplier {
    private long nanos = 12_345;

    @Override
    public long getAsLong() {
        return nanos;
    }

    void advance(Duration time) {
        nanos += time.toNanos();
    }
}
