package io.firesteel.engine.event;

/**
 * What runs at an event. The only way to extend an {@link Engine}.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
@FunctionalInterface
public interface EventHandler<B, O> {
    /**
     * Runs on the engine's thread, between two steps of the loop.
     *
     * @param engine the engine that fired, for its state and {@link Engine#terminate()}
     * @throws Exception any failure; it ends the run
     */
    void handle(Engine<B, O> engine) throws Exception;
}
