package io.firesteel.engine.data;

/** Assembles the steps of one epoch, one after the other. Used by one thread; another one may close it. */
interface StepSupply {
    /**
     * The next step, whose buffers stay as they are until the next call or the close.
     *
     * @param step its number, for messages: one more than in the call before
     * @throws IllegalStateException if the rows could not be read, or this is closed
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; it is still marked so
     */
    StepBatch next(long step);

    /** Ends all work on the steps. Closing twice does nothing. */
    void close();

    /** Whether it was closed and nothing works on the steps any more. */
    boolean isClosed();
}
