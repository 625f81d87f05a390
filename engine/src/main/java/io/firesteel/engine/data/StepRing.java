package io.firesteel.engine.data;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes sets of buffers from the thread that fills them to the one that trains on them, and back, in turn. To wake a thread
 * costs the one that wakes it more than assembling a small step, so a filler that has run out of sets is woken once for
 * several of them.
 */
final class StepRing {
    private final List<StepBatch> sets;
    private final int worthWaking;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filling = lock.newCondition();
    private final Condition freeing = lock.newCondition();
    private long filled;
    private long taken;
    private boolean inUse;
    private Throwable failure;
    private boolean closed;

    /** A ring of sets that are all free. */
    StepRing(List<StepBatch> sets) {
        this.sets = sets;
        this.worthWaking = Math.max(1, sets.size() / 2);
    }

    /** As the filler: the next free set, which {@link #filled()} passes on. */
    StepBatch free() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (freeSets() == 0) {
                while (freeSets() < worthWaking) {
                    freeing.await();
                }
            }
            return set(filled);
        } finally {
            lock.unlock();
        }
    }

    /** As the filler: passes on what {@link #free()} gave. */
    void filled() {
        lock.lock();
        try {
            filled++;
            filling.signal();
        } finally {
            lock.unlock();
        }
    }

    /** As the filler: there will be no more, and why. What has been filled before is still to be had. */
    void fail(Throwable reason) {
        lock.lock();
        try {
            failure = reason;
            filling.signal();
        } finally {
            lock.unlock();
        }
    }

    /** As the user: gives back the set that {@link #next} gave, if any. */
    void giveBack() {
        lock.lock();
        try {
            if (inUse) {
                inUse = false;
                taken++;
                if (freeSets() >= worthWaking) {
                    freeing.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * As the user: waits for the next set, which stays valid until {@link #giveBack()}.
     *
     * @return null if there is none: closed, failed, or not within the deadline
     */
    StepBatch next(long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = deadlineNanos;
            while (taken == filled && !closed && failure == null && left > 0) {
                left = filling.awaitNanos(left);
            }
            inUse = taken < filled && !closed;
            return inUse ? set(taken) : null;
        } finally {
            lock.unlock();
        }
    }

    /** Why the filler has given up; null while it hasn't. */
    Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** From any thread: nothing more is handed out. The filler is to be interrupted too. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filling.signal();
        } finally {
            lock.unlock();
        }
    }

    private int freeSets() {
        return sets.size() - (int) (filled - taken);
    }

    private StepBatch set(long number) {
        return sets.get((int) (number % sets.size()));
    }
}
