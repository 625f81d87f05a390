package io.firesteel.engine.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers of one engine that have a state, by name, in the order in which they came. */
final class HandlerStates {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerStates.class);

    private final String engine;
    private final Map<String, Stateful> handlers = new LinkedHashMap<>();

    HandlerStates(String engine) {
        this.engine = engine;
    }

    /** A handler that is there keeps the name under which it came first. */
    @SuppressWarnings("ReferenceEquality")
    void add(String name, Stateful handler) {
        if (handlers.values().stream().anyMatch(present -> present == handler)) {
            return;
        }
        Stateful present = handlers.putIfAbsent(name, handler);
        if (present != null) {
            throw new IllegalArgumentException("Cannot register handler " + name + " with engine " + engine
                    + ": another handler with a state has that name (expected a name of its own,"
                    + " as states are saved by it)");
        }
    }

    @SuppressWarnings("ReferenceEquality")
    void remove(Stateful handler) {
        handlers.values().removeIf(present -> present == handler);
    }

    Map<String, StateDict> states() {
        Map<String, StateDict> states = new LinkedHashMap<>();
        handlers.forEach((name, handler) -> states.put(name, handler.state()));
        return states;
    }

    void restore(Map<String, StateDict> saved) {
        handlers.forEach((name, handler) -> {
            if (saved.containsKey(name)) {
                restore(name, handler, saved.get(name));
            } else {
                LOG.warn("Handler {} of engine {} begins anew: no state of it was saved", name, engine);
            }
        });
        TreeSet<String> unclaimed = new TreeSet<>(saved.keySet());
        unclaimed.removeAll(handlers.keySet());
        if (!unclaimed.isEmpty()) {
            LOG.warn("Engine {} drops the saved states of {}: it has no such handlers", engine, unclaimed);
        }
    }

    private void restore(String name, Stateful handler, StateDict state) {
        try {
            handler.restore(state);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot restore handler " + name + " of engine " + engine + ": " + e.getMessage(), e);
        }
    }
}
