package io.firesteel.engine.event;

/** Accepts what two filters accept; the second is asked only where the first does. */
record NarrowedFilter(EventFilter first, EventFilter second) implements EventFilter {
    @Override
    public boolean matches(Engine<?, ?> engine, long count) {
        return first.matches(engine, count) && second.matches(engine, count);
    }

    @Override
    public String toString() {
        return FilteredEvent.describe(first) + "." + FilteredEvent.describe(second);
    }
}
