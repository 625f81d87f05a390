package io.firesteel.engine.event;

import java.util.Optional;

/** Fires the events of one engine: those of the loop one after the other, the user's inside them. */
final class Announcer<B, O> {
    private final Engine<B, O> engine;
    private final Channels<B, O> channels;
    private final HandlerClock clock;
    private Event ofLoop;

    /** The innermost of the user's events that fires just now, or null. */
    private Event ofUser;

    Announcer(Engine<B, O> engine) {
        this.engine = engine;
        this.clock = new HandlerClock();
        this.channels = new Channels<>(engine, clock);
    }

    Channels<B, O> channels() {
        return channels;
    }

    HandlerClock clock() {
        return clock;
    }

    Channel<B, O> channel(Events event) {
        return channels.of(event);
    }

    Optional<Event> lastEvent() {
        return Optional.ofNullable(ofUser == null ? ofLoop : ofUser);
    }

    /** Null before the first run. */
    Event lastLoopEvent() {
        return ofLoop;
    }

    void announce(Events event) throws Exception {
        announce(channels.of(event));
    }

    void announce(Channel<B, O> channel) throws Exception {
        ofLoop = channel.event();
        channel.fire();
    }

    void announceFailure(Throwable failure) {
        ofLoop = Events.EXCEPTION_RAISED;
        ofUser = null;
        channels.of(Events.EXCEPTION_RAISED).fireFor(failure);
    }

    /** Calls the handlers at once, also in the middle of another event. */
    void fireOfUser(Event event) {
        Channel<B, O> channel = channels.ofUser(event);
        Event outer = ofUser;
        boolean inHandler = clock.isRunning();
        ofUser = event;
        try {
            channel.fire();
        } catch (Exception failure) {
            throw EngineException.unchecked(
                    "Cannot finish event " + event.name() + " of engine " + engine.name(), failure);
        } finally {
            ofUser = outer;
            if (!inHandler) {
                clock.stop();
            }
        }
    }
}
