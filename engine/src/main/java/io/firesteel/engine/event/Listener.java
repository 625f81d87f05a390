package io.firesteel.engine.event;

/** A handler's place in one event. */
record Listener<B, O>(EventHandler<B, O> handler, FilteredEvent when, int priority, String name) {
    boolean accepts(Engine<B, O> engine, long count) {
        return when.filter().matches(engine, count);
    }
}
