package io.firesteel.engine.event;

import java.util.List;

/**
 * Some firings of one event.
 *
 * @param event which event
 * @param filter which of its firings
 */
public record FilteredEvent(Event event, EventFilter filter) implements EventSelector {
    public FilteredEvent {
        if (event == null || filter == null) {
            throw new IllegalArgumentException(
                    "Cannot filter an event: event is " + event + ", filter is " + filter + " (expected both)");
        }
    }

    /** Those of these firings that a predicate accepts too. */
    public FilteredEvent when(EventFilter predicate) {
        if (predicate == null) {
            throw new IllegalArgumentException("Cannot filter " + this + ": the predicate is null (expected one)");
        }
        return new FilteredEvent(event, new NarrowedFilter(filter, predicate));
    }

    /**
     * The same filter over the count of another engine, its epoch or its iteration, as the event has it. For an engine that
     * runs inside a handler of another, whose own counts begin anew each time: {@code
     * evaluator.on(COMPLETED.every(5).countedBy(trainer), …)} is called in every fifth epoch of the trainer.
     *
     * @throws IllegalArgumentException if the event counts neither epochs nor iterations
     */
    public FilteredEvent countedBy(Engine<?, ?> other) {
        EventCounter counter = event.counter();
        if (counter != EventCounter.EPOCH && counter != EventCounter.ITERATION) {
            throw new IllegalArgumentException("Cannot count " + this + " by engine " + other.name() + ": "
                    + event.name() + " counts neither epochs nor iterations (expected an event that does)");
        }
        return new FilteredEvent(event, new ForeignCountFilter(filter, counter, other));
    }

    boolean isFiltered() {
        return filter != EventFilter.ALWAYS;
    }

    @Override
    public List<FilteredEvent> alternatives() {
        return List.of(this);
    }

    @Override
    public String toString() {
        return isFiltered() ? event.name() + "." + describe(filter) : event.name();
    }

    static String describe(EventFilter filter) {
        return filter.getClass().isHidden() ? "when(...)" : filter.toString();
    }
}
