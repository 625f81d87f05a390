package io.firesteel.engine.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Who listens to one engine: puts handlers into its channels and takes them out. */
final class Registrations<B, O> {
    private final Engine<B, O> engine;
    private final Channels<B, O> channels;
    private final HandlerStates states;
    private final List<Attachment> attached = new ArrayList<>();

    /** What the handler that is being attached has registered; null when none is. */
    private List<Registration> collected;

    private int registered;

    Registrations(Engine<B, O> engine, Channels<B, O> channels) {
        this.engine = engine;
        this.channels = channels;
        this.states = new HandlerStates(engine.name());
    }

    HandlerStates states() {
        return states;
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
        if (handler instanceof Stateful stateful) {
            states.add(shown, stateful);
        }
        listeners.forEach(listener -> channels.of(listener.event()).add(listener));
        return collect(() -> remove(handler, listeners));
    }

    private void check(FilteredEvent when, String handler) {
        Event event = when.event();
        if (!channels.has(event)) {
            throw new IllegalArgumentException("Cannot register handler " + handler + " on " + event.name()
                    + ": engine " + engine.name()
                    + " has no such event (expected one of Events, or one that was given to registerEvents)");
        }
        if (when.isFiltered() && event.counter() == EventCounter.NONE) {
            throw new IllegalArgumentException("Cannot register handler " + handler + " on " + when + ": "
                    + event.name() + " has no counter to filter by (expected the plain event)");
        }
    }

    /** A lambda's class name says nothing, so it is called by its number. */
    private String nameOf(EventHandler<B, O> handler) {
        if (handler instanceof Handler<?, ?> named) {
            return named.name();
        }
        Class<?> type = handler.getClass();
        if (!type.isHidden() && !type.getSimpleName().isEmpty()) {
            return type.getSimpleName();
        }
        if (handler instanceof Stateful) {
            throw new IllegalArgumentException(
                    "Cannot register handler #" + registered + " with engine " + engine.name()
                            + ": it has a state to save and no name (expected on(when, priority, name, handler))");
        }
        return "#" + registered;
    }

    Registration observe(HandlerObserver observer, HandlerClock clock) {
        Objects.requireNonNull(observer, "observer");
        if (clock.observer() != null) {
            throw new IllegalStateException("Cannot observe engine " + engine.name() + ": " + clock.observer()
                    + " does already (expected one observer at a time)");
        }
        clock.observer(observer);
        return collect(() -> forget(observer, clock));
    }

    @SuppressWarnings("ReferenceEquality")
    private static void forget(HandlerObserver observer, HandlerClock clock) {
        if (clock.observer() == observer) {
            clock.observer(null);
        }
    }

    Registration attach(Handler<B, O> handler) {
        String name = handler.name();
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "Cannot attach a handler to engine " + engine.name() + ": its name is " + name + " (expected one)");
        }
        if (handler instanceof Stateful stateful) {
            states.add(name, stateful);
        }
        Attachment attachment = new Attachment(handler);
        attached.add(attachment);
        try {
            attach(handler, attachment.parts);
        } catch (Throwable failure) {
            attachment.remove();
            throw failure;
        }
        return collect(attachment);
    }

    private void attach(Handler<B, O> handler, List<Registration> parts) {
        List<Registration> outer = collected;
        collected = parts;
        try {
            handler.attach(engine);
        } finally {
            collected = outer;
        }
    }

    private Registration collect(Registration registration) {
        if (collected != null) {
            collected.add(registration);
        }
        return registration;
    }

    private void remove(EventHandler<B, O> handler, List<Listener<B, O>> listeners) {
        listeners.forEach(listener -> channels.of(listener.event()).remove(listener));
        forgetIfGone(handler);
    }

    /** Takes the handler off one event, whatever its filters there. */
    void remove(EventHandler<B, O> handler, Event event) {
        List<Listener<B, O>> listeners =
                channels.has(event) ? channels.of(event).of(handler) : List.<Listener<B, O>>of();
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot remove handler " + handler.getClass().getSimpleName() + " from "
                            + event.name() + " of engine " + engine.name() + ": it isn't there"
                            + " (expected the object that was registered)");
        }
        remove(handler, listeners);
    }

    boolean has(EventHandler<B, O> handler) {
        return channels.all().stream().anyMatch(channel -> !channel.of(handler).isEmpty());
    }

    boolean has(EventHandler<B, O> handler, Event event) {
        return channels.has(event) && !channels.of(event).of(handler).isEmpty();
    }

    private void forgetIfGone(Object handler) {
        if (handler instanceof Stateful stateful && !isThere(handler)) {
            states.remove(stateful);
        }
    }

    @SuppressWarnings({"ReferenceEquality", "unchecked"})
    private boolean isThere(Object handler) {
        return attached.stream().anyMatch(present -> present.handler == handler)
                || (handler instanceof EventHandler<?, ?> listening && has((EventHandler<B, O>) listening));
    }

    /** A handler that was attached, and all that it has registered. */
    private final class Attachment implements Registration {
        private final Handler<B, O> handler;
        private final List<Registration> parts = new ArrayList<>();

        Attachment(Handler<B, O> handler) {
            this.handler = handler;
        }

        @Override
        public void remove() {
            if (attached.remove(this)) {
                parts.forEach(Registration::remove);
                forgetIfGone(handler);
            }
        }
    }
}
