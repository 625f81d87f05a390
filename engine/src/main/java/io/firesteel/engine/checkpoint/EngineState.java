package io.firesteel.engine.checkpoint;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.StateDict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an engine keeps besides its position: the values of its users and the states of its handlers.
 *
 * @param values {@link Engine#savedValues()}
 * @param handlers {@link Engine#handlerStates()}
 */
public record EngineState(StateDict values, Map<String, StateDict> handlers) {
    /** Of an engine of which nothing was saved. */
    public static final EngineState NONE = new EngineState(StateDict.builder(1).build(), Map.of());

    public EngineState {
        handlers = Collections.unmodifiableMap(new LinkedHashMap<>(handlers));
    }

    /** That of an engine, between two iterations. */
    public static EngineState of(Engine<?, ?> engine) {
        return new EngineState(engine.savedValues(), engine.handlerStates());
    }

    /** Without the states of handlers that an engine hasn't, such as those of another rank. */
    public EngineState ofHandlersOf(Engine<?, ?> engine) {
        Map<String, StateDict> there = new LinkedHashMap<>(handlers);
        there.keySet().retainAll(engine.handlerStates().keySet());
        return new EngineState(values, there);
    }

    /**
     * Gives an engine its values and its handlers their states; to be called once they are attached, before the run goes on.
     *
     * @throws IllegalArgumentException if a value or a state doesn't fit; others may have theirs by then
     */
    public void restore(Engine<?, ?> engine) {
        engine.restoreValues(values);
        engine.restoreHandlers(handlers);
    }
}
