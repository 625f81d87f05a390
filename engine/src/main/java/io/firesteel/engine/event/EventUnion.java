package io.firesteel.engine.event;

import java.util.List;
import java.util.stream.Collectors;

/** Several filtered events under one handler. */
record EventUnion(List<FilteredEvent> alternatives) implements EventSelector {
    @Override
    public String toString() {
        return alternatives.stream().map(FilteredEvent::toString).collect(Collectors.joining(" or "));
    }
}
