package io.firesteel.engine.comm;

import java.util.concurrent.TimeUnit;

/** Ends a wait when its thread is interrupted or the caller's cancellation hook throws. */
final class WaitGuard {
    /** Longest sleep between two checks, so that the hook runs at least about every 50 ms. */
    static final long PERIOD_MILLIS = 20;

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);

    private final Runnable cancellation;
    private long lastCall = System.nanoTime();

    WaitGuard(Runnable cancellation) {
        this.cancellation = cancellation;
    }

    /** Leaves the interrupt flag set, so that the caller's caller sees it too. */
    void check(long now) throws Fault {
        if (Thread.currentThread().isInterrupted()) {
            throw Fault.cancelled("the thread was interrupted", null);
        }
        if (now - lastCall >= PERIOD_NANOS) {
            lastCall = now;
            cancellation.run();
        }
    }
}
