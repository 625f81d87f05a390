package io.firesteel.engine.event;

/**
 * Something that listens to several events of an engine, or has to set itself up with it. Given to {@link
 * Engine#attach(Handler)}. One that is {@link Stateful} is saved and restored with the engine's other handlers.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public interface Handler<B, O> {
    /**
     * For messages, and where the state is saved: the same in each program that goes on with a run, so not derived from
     * anything that changes. No two handlers with a state have the same name in one engine.
     */
    String name();

    /**
     * Registers what is called at the events. What it registers with this engine is taken off with it; what it registers
     * with others is its own business.
     */
    void attach(Engine<B, O> engine);
}
