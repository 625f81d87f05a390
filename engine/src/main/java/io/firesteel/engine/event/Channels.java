package io.firesteel.engine.event;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The events of one engine. Those of {@link Events} are always there; the user's come after them, as registered. */
final class Channels<B, O> {
    private final Engine<B, O> engine;
    private final HandlerClock clock;
    private final Map<Event, Channel<B, O>> channels = new LinkedHashMap<>();

    Channels(Engine<B, O> engine, HandlerClock clock) {
        this.engine = engine;
        this.clock = clock;
        for (Events event : Events.values()) {
            channels.put(event, new Channel<>(event, engine, clock));
        }
    }

    /** Of an event that the engine has. */
    Channel<B, O> of(Event event) {
        return channels.get(event);
    }

    boolean has(Event event) {
        return channels.containsKey(event);
    }

    Collection<Channel<B, O>> all() {
        return Collections.unmodifiableCollection(channels.values());
    }

    Channel<B, O> ofUser(Event event) {
        Channel<B, O> channel = channels.get(event);
        if (channel == null) {
            throw new IllegalArgumentException("Cannot fire " + name(event) + ": engine " + engine.name()
                    + " has no such event (expected one that was given to registerEvents)");
        }
        if (event instanceof Events) {
            throw new IllegalArgumentException("Cannot fire " + event.name() + ": the loop of engine " + engine.name()
                    + " fires it (expected an event that was given to registerEvents)");
        }
        return channel;
    }

    /** Refuses before it changes anything. */
    void register(Event... events) {
        for (Event event : events) {
            check(event);
        }
        for (Event event : events) {
            channels.computeIfAbsent(event, added -> new Channel<>(added, engine, clock));
        }
    }

    private void check(Event event) {
        if (event == null || event.name() == null || event.name().isBlank() || event.counter() == null) {
            throw new IllegalArgumentException("Cannot register an event with engine " + engine.name() + ": it is "
                    + name(event) + " (expected one with a name and a counter)");
        }
        for (Event present : channels.keySet()) {
            if (present.name().equals(event.name()) && !present.equals(event)) {
                throw new IllegalArgumentException("Cannot register event " + event.name() + " of "
                        + event.getClass().getName() + " with engine " + engine.name() + ": it has an event "
                        + event.name()
                        + " of " + present.getClass().getName() + " (expected another name)");
            }
        }
    }

    private static String name(Event event) {
        return event == null ? "null" : event.name();
    }

    /** Begins to count for a run that goes on from those before it. */
    void continueCounts() {
        channels.values().forEach(channel -> channel.beginRun(channel.firedInAll()));
    }

    /**
     * Begins to count for a run that goes on from a saved one.
     *
     * @param firings of the user's events before it, by name; none for those that aren't there
     */
    void resumeCounts(Map<String, Long> firings) {
        channels.values()
                .forEach(channel ->
                        channel.beginRun(firings.getOrDefault(channel.event().name(), 0L)));
    }

    /** How often each event fired in this run. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Channel<B, O> channel : channels.values()) {
            if (channel.fired() > 0) {
                counts.put(channel.event().name(), channel.fired());
            }
        }
        return Collections.unmodifiableMap(counts);
    }

    /** How often each of the user's events fired in this run and those that it continues. */
    Map<String, Long> firingsOfUser() {
        Map<String, Long> firings = new LinkedHashMap<>();
        for (Channel<B, O> channel : channels.values()) {
            if (channel.firedInAll() > 0 && !(channel.event() instanceof Events)) {
                firings.put(channel.event().name(), channel.firedInAll());
            }
        }
        return firings;
    }

    void checkAreRegistered(Map<String, Long> firings) {
        for (String name : firings.keySet()) {
            if (channels.keySet().stream().noneMatch(event -> event.name().equals(name))) {
                throw new IllegalArgumentException(
                        "Cannot resume engine " + engine.name() + ": it has no event " + name + ", which has fired "
                                + firings.get(name) + " times (expected to be registered with registerEvents)");
            }
        }
    }
}
