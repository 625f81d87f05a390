package io.firesteel.engine.data;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Steps that a background thread assembles while the ones before them train. */
final class StepsAhead implements StepSupply {
    private final StepAssembler assembler;
    private final int epoch;
    private final long steps;
    private final Duration deadline;
    private final StepErrors errors;
    private final StepRing ring;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Steps from {@code firstStep} on.
     *
     * @param steps of the whole epoch
     * @param deadline for one step
     */
    StepsAhead(
            StepAssembler assembler, int epoch, long firstStep, long steps, List<StepBatch> sets, Duration deadline) {
        this.assembler = assembler;
        this.epoch = epoch;
        this.steps = steps;
        this.deadline = deadline;
        this.errors = new StepErrors(epoch);
        this.ring = new StepRing(sets);
        this.thread = new Thread(() -> assembleFrom(firstStep), "firesteel-batches-epoch-" + epoch);
        thread.setDaemon(true);
    }

    /** Starts the background thread; apart from the constructor, so that it sees a whole object. */
    StepsAhead start() {
        thread.start();
        return this;
    }

    @Override
    public StepBatch next(long step) {
        ring.giveBack();
        try {
            StepBatch next = ring.next(deadline.toNanos());
            if (next == null) {
                throw unavailable(step);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.interrupted(step, e);
        }
    }

    private IllegalStateException unavailable(long step) {
        if (closed) {
            return errors.closed(step);
        }
        Throwable failure = ring.failure();
        return failure == null ? errors.late(step, deadline.toMillis()) : errors.unreadable(step, failure);
    }

    /** Stops the background thread and waits until it has ended. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        ring.close();
        join();
    }

    @Override
    public boolean isClosed() {
        return closed && !thread.isAlive();
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
