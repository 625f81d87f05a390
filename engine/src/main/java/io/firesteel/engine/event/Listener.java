package io.firesteel.engine.event;

/** A handler's place in one event. A plain event has no filter to ask: that saves a call on every firing. */
final class Listener<B, O> {
    private final EventHandler<B, O> handler;
    private final Event event;
    private final EventFilter filter;
    private final int priority;
    private final String name;

    Listener(EventHandler<B, O> handler, FilteredEvent when, int priority, String name) {
        this.handler = handler;
        this.event = when.event();
        this.filter = when.isFiltered() ? when.filter() : null;
        this.priority = priority;
        this.name = name;
    }

    boolean accepts(Engine<B, O> engine, long count) {
        return filter == null || filter.matches(engine, count);
    }

    void handle(Engine<B, O> engine) throws Exception {
        handler.handle(engine);
    }

    Event event() {
        return event;
    }

    int priority() {
        return priority;
    }

    String name() {
        return name;
    }
}
