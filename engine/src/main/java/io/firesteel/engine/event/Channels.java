package io.firesteel.engine.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events of one engine. Those of {@link Events} are always there. */
final class Channels<B, O> {
    private final Engine<B, O> engine;
    private final Map<Event, Channel<B, O>> channels = new LinkedHashMap<>();
    private int registered;

    Channels(Engine<B, O> engine, HandlerClock clock) {
        this.engine = engine;
        for (Events event : Events.values()) {
            channels.put(event, new Channel<>(event, engine, clock));
        }
    }

    Channel<B, O> of(Event event) {
        return channels.get(event);
    }

    /** Refuses before it changes anything. */
    Registration add(EventSelector when, int priority, String name, EventHandler<B, O> handler) {
        registered++;
        String shown = name == null ? nameOf(handler) : name;
        List<Listener<B, O>> listeners = new ArrayList<>();
        for (FilteredEvent alternative : when.alternatives()) {
            check(alternative, shown);
            listeners.add(new Listener<>(handler, alternative, priority, shown));
        }
        listeners.forEach(listener -> channelOf(listener).add(listener));
        return () -> listeners.forEach(listener -> channelOf(listener).remove(listener));
    }

    private Channel<B, O> channelOf(Listener<B, O> listener) {
        return channels.get(listener.event());
    }

    private void check(FilteredEvent when, String handler) {
        Event event = when.event();
        if (!channels.containsKey(event)) {
            throw new IllegalArgumentException("Cannot register handler " + handler + " on " + event.name()
                    + ": engine " + engine.name() + " has no such event (expected one of Events)");
        }
        if (when.isFiltered() && event.counter() == EventCounter.NONE) {
            throw new IllegalArgumentException("Cannot register handler " + handler + " on " + when + ": "
                    + event.name() + " has no counter to filter by (expected the plain event)");
        }
    }

    /** A lambda's class name says nothing, so it is called by its number. */
    private String nameOf(EventHandler<B, O> handler) {
        Class<?> type = handler.getClass();
        return type.isHidden() || type.getSimpleName().isEmpty() ? "#" + registered : type.getSimpleName();
    }

    void resetCounts() {
        channels.values().forEach(Channel::resetCount);
    }

    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Channel<B, O> channel : channels.values()) {
            if (channel.fired() > 0) {
                counts.put(channel.event().name(), channel.fired());
            }
        }
        return Collections.unmodifiableMap(counts);
    }
}
