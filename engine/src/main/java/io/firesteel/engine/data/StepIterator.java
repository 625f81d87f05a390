package io.firesteel.engine.data;

import io.firesteel.engine.event.BatchIterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;

/**
 * The steps of one epoch, assembled as {@link BatchAssembly} says. A step that {@link #next} returns is valid until the next
 * call of it or until the close, because its buffers are then filled with a later step. Used by one thread; another one may
 * close it, upon which a waiting {@code next} ends with an error.
 */
public final class StepIterator implements BatchIterator<StepBatch> {
    private final StepSupply supply;
    private final int epoch;
    private final long steps;
    private long nextStep;

    StepIterator(StepSupply supply, int epoch, long firstStep, long steps) {
        this.supply = supply;
        this.epoch = epoch;
        this.steps = steps;
        this.nextStep = firstStep;
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
        StepBatch next = supply.next(nextStep);
        nextStep++;
        return next;
    }

    /**
     * Stops the background thread, if there is one, and waits until it has ended. Closing twice does nothing.
     *
     * @throws IllegalStateException if it doesn't end within the deadline
     */
    @Override
    public void close() {
        supply.close();
    }

    boolean isClosed() {
        return supply.isClosed();
    }
}
