package io.firesteel.engine.handler;

import io.firesteel.engine.event.EventSelector;
import io.firesteel.engine.event.Events;
import java.util.Objects;
import java.util.Optional;

/**
 * What drives a {@link Timer}.
 *
 * @param start begins anew at 0
 * @param pause stands still
 * @param resume goes on
 * @param step counts one step
 */
public record TimerEvents(
        EventSelector start, EventSelector pause, Optional<EventSelector> resume, Optional<EventSelector> step) {
    public TimerEvents {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(resume, "resume");
        Objects.requireNonNull(step, "step");
    }

    /** Of a whole run, without steps. */
    public static TimerEvents ofRun() {
        return new TimerEvents(Events.STARTED, Events.COMPLETED, Optional.empty(), Optional.empty());
    }

    /** Of the iterations of an epoch, from ITERATION_STARTED to ITERATION_COMPLETED, each a step: not of loading the batches. */
    public static TimerEvents ofIterations() {
        return new TimerEvents(
                Events.EPOCH_STARTED,
                Events.EPOCH_STARTED.or(Events.ITERATION_COMPLETED),
                Optional.of(Events.ITERATION_STARTED),
                Optional.of(Events.ITERATION_COMPLETED));
    }
}
