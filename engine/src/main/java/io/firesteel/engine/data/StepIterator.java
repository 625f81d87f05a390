package io.firesteel.engine.data;

import io.firesteel.engine.event.BatchIterator;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * The steps of one epoch, each assembled by a background thread while the ones before it train. A step that {@link #next}
 * returns is valid until the next call of it or until the close, because its buffers are then filled with a later step. Used by
 * one thread; another one may close it, upon which a waiting {@code next} ends with an error.
 */
public final class StepIterator implements BatchIterator<StepBatch> {
    private final StepAssembler assembler;
    private final int epoch;
    private final long steps;
    private final Duration deadline;
    private final StepRing ring;
    private final Thread thread;
    private long nextStep;
    private volatile boolean closed;

    StepIterator(
            StepAssembler assembler, int epoch, long firstStep, long steps, List<StepBatch> sets, Duration deadline) {
        this.assembler = assembler;
        this.epoch = epoch;
        this.steps = steps;
        this.deadline = deadline;
        this.nextStep = firstStep;
        this.ring = new StepRing(sets);
        this.thread = new Thread(() -> assembleFrom(firstStep), "firesteel-batches-epoch-" + epoch);
        thread.setDaemon(true);
    }

    /** Starts the background thread; apart from the constructor, so that it sees a whole object. */
    StepIterator start() {
        thread.start();
        return this;
    }

    /** Whether the epoch has another step; never waits. */
    @Override
    public boolean hasNext() {
        return nextStep < steps;
    }

    /**
     * The next step; ends the validity of the one before it.
     *
     * @throws NoSuchElementException after the last step
     * @throws IllegalStateException if the rows could not be read (the cause says why), not within the deadline, or this is
     *     closed
     * @throws CancellationException if the thread is interrupted; it is still marked so
     */
    @Override
    public StepBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException(
                    "Cannot take step " + nextStep + " of epoch " + epoch + ": it has " + steps + " steps");
        }
        ring.giveBack();
        StepBatch next = await();
        nextStep++;
        return next;
    }

    /**
     * Stops the background thread and waits until it has ended. Closing twice does nothing.
     *
     * @throws IllegalStateException if it doesn't end within the deadline
     */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        ring.close();
        join();
    }

    boolean isClosed() {
        return closed && !thread.isAlive();
    }

    private StepBatch await() {
        try {
            StepBatch next = ring.next(deadline.toNanos());
            if (next == null) {
                throw unavailable();
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled =
                    new CancellationException(named("take") + ": the thread was interrupted while it waited");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private IllegalStateException unavailable() {
        if (closed) {
            return new IllegalStateException(named("take") + ": the steps are closed");
        }
        Throwable failure = ring.failure();
        if (failure != null) {
            return new IllegalStateException(named("assemble") + ": " + failure, failure);
        }
        return new IllegalStateException(named("assemble") + ": its rows were not there after " + deadline.toMillis()
                + " ms; the disk that holds spilled rows may be stuck");
    }

    private String named(String action) {
        return "Cannot " + action + " step " + nextStep + " of epoch " + epoch;
    }

    private void assembleFrom(long firstStep) {
        try {
            for (long step = firstStep; step < steps; step++) {
                assembler.fill(ring.free(), step);
                ring.filled();
            }
        } catch (InterruptedException e) {
            // Only close interrupts this thread, which ends here.
        } catch (Throwable e) {
            ring.fail(e);
        }
    }

    /** An interrupt of the closing thread is kept for later: leaving a thread that writes into the ring would be worse. */
    private void join() {
        boolean interrupted = false;
        long end = System.nanoTime() + deadline.toNanos();
        long left = deadline.toNanos();
        while (thread.isAlive() && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = end - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("Cannot close epoch " + epoch + ": thread " + thread.getName()
                    + " still reads rows after " + deadline.toMillis() + " ms");
        }
    }
}
