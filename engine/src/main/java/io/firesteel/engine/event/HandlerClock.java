package io.firesteel.engine.event;

/**
 * Time spent in handlers. Events that follow each other directly are timed as one stretch, from the first handler that
 * is called until the loop turns to the source, the process function or the vote: reading the clock costs more than an
 * event.
 */
final class HandlerClock {
    private long total;
    private long since;
    private boolean running;

    /** Null as long as nobody asks for the time of each handler. */
    private HandlerObserver observer;

    HandlerObserver observer() {
        return observer;
    }

    void observer(HandlerObserver newObserver) {
        observer = newObserver;
    }

    void start() {
        if (!running) {
            running = true;
            since = System.nanoTime();
        }
    }

    void stop() {
        if (running) {
            running = false;
            total += System.nanoTime() - since;
        }
    }

    boolean isRunning() {
        return running;
    }

    void reset() {
        total = 0;
        running = false;
    }

    long nanos() {
        return running ? total + System.nanoTime() - since : total;
    }
}
