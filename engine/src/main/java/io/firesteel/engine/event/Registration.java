package io.firesteel.engine.event;

/** One handler's place in an {@link Engine}, on all the events it was registered for. */
@FunctionalInterface
public interface Registration {
    /** Takes the handler off; a firing that is under way still calls it. Calling again changes nothing. */
    void remove();
}
