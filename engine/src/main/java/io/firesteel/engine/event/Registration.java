package io.firesteel.engine.event;

/**
 * A handler's place in an {@link Engine}, on all the events it was registered for; for a {@link Handler}, all that it has
 * attached. Need not be kept. In try-with-resources the handler is there for the block.
 */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** Takes the handler off; a firing that is under way still calls it. Calling again changes nothing. */
    void remove();

    /** Same as {@link #remove()}. */
    @Override
    default void close() {
        remove();
    }
}
