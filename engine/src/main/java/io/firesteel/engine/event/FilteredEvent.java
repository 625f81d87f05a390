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

    boolean isFiltered() {
        return filter != EventFilter.ALWAYS;
    }

    @Override
    public List<FilteredEvent> alternatives() {
        return List.of(this);
    }

    @Override
    public String toString() {
        return isFiltered() ? event.name() + "." + describe() : event.name();
    }

    private String describe() {
        return filter instanceof WindowFilter || filter instanceof OnceFilter ? filter.toString() : "when(...)";
    }
}
