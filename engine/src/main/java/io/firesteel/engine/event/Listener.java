package io.firesteel.engine.event;

/** A handler's place in one event. A plain event has no filter to ask: that saves a call on every firing. */
final class Listener<B, O> {
    private static final long NONE = -1;

    private final EventHandler<B, O> handler;
    private final Event event;
    private final EventFilter filter;
    private final int priority;
    private final String name;
    private final boolean once;

    /** The count that was accepted last in this run, where each is to be accepted once. */
    private long accepted = NONE;

    Listener(EventHandler<B, O> handler, FilteredEvent when, int priority, String name) {
        this.handler = handler;
        this.event = when.event();
        this.filter = when.isFiltered() ? when.filter() : null;
        this.priority = priority;
        this.name = name;
        this.once = OnceFilter.isPartOf(when.filter());
    }

    boolean accepts(Engine<B, O> engine, long count) {
        if (filter == null) {
            return true;
        }
        return filter.matches(engine, count) && (!once || isNew(count));
    }

    /** A count comes again where an epoch is left between two of its increments. */
    private boolean isNew(long count) {
        boolean isNew = count != accepted;
        accepted = count;
        return isNew;
    }

    void beginRun() {
        accepted = NONE;
    }

    void handle(Engine<B, O> engine) throws Exception {
        handler.handle(engine);
    }

    /** By identity: handlers may be values. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(EventHandler<B, O> other) {
        return handler == other;
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
