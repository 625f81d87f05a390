package io.firesteel.engine.comm;

/**
 * A reduction that has been started and not awaited: contributions and result belong to the communicator until
 * {@link #await} has returned, and no other operation of the communicator, or of a group split off it or that it was
 * split off, may begin. Used on the thread that started it.
 */
public interface PendingReduction {
    /**
     * Takes and sends what can be without waiting. Calling it between pieces of other work lets large sums go on
     * meanwhile; nothing is lost without.
     *
     * @throws CommunicationException as the operation would
     */
    void poll();

    /**
     * Waits for the end of the operation. A second call does nothing.
     *
     * @throws IllegalArgumentException if no rank contributed anything
     * @throws CommunicationException as the operation would
     */
    void await();
}
