package io.firesteel.engine.event;

/** Gives a filter the epoch or the iteration of another engine to look at. */
record ForeignCountFilter(EventFilter filter, EventCounter counter, Engine<?, ?> other) implements EventFilter {
    @Override
    public boolean matches(Engine<?, ?> engine, long count) {
        return filter.matches(engine, counter.of(other.state(), 0));
    }

    @Override
    public String toString() {
        return FilteredEvent.describe(filter) + ".countedBy(" + other.name() + ")";
    }
}
