package io.firesteel.engine.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Which firings of which events a handler wants: an {@link Event}, a filtered one, or several combined with {@link
 * #or}. Immutable.
 */
public interface EventSelector {
    /** What this selector is made of, in order; a firing that two alternatives select calls the handler twice. */
    List<FilteredEvent> alternatives();

    /** A new selector of the firings of this one and of another. */
    default EventSelector or(EventSelector other) {
        List<FilteredEvent> both = new ArrayList<>(alternatives());
        both.addAll(other.alternatives());
        return new EventUnion(List.copyOf(both));
    }
}
