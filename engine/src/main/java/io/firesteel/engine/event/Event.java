package io.firesteel.engine.event;

import java.util.List;

/**
 * A point at which handlers run. The built-in ones are {@link Events}; an enum of yours that implements this interface adds
 * others, which an engine has from {@link Engine#registerEvents} on and which handlers or the process function fire with
 * {@link Engine#fire}. An event is itself a selector (every firing), and its filters give narrower ones: {@code
 * ITERATION_COMPLETED.every(100)}.
 */
public interface Event extends EventSelector {
    /** Name in reports and error messages, such as {@code ITERATION_COMPLETED}. */
    String name();

    /** The number that filters of this event look at: how often it has fired, unless an implementation says otherwise. */
    default EventCounter counter() {
        return EventCounter.FIRINGS;
    }

    /**
     * Firings whose count is divisible by n.
     *
     * @param n period, &gt; 0; 1 selects every firing
     */
    default EventWindow every(long n) {
        return EventWindow.of(this).every(n);
    }

    /**
     * Firings whose count is below a bound.
     *
     * @param bound first count that is left out, &gt;= 0
     */
    default EventWindow before(long bound) {
        return EventWindow.of(this).before(bound);
    }

    /**
     * Firings whose count is above a bound.
     *
     * @param bound last count that is left out, &gt;= 0
     */
    default EventWindow after(long bound) {
        return EventWindow.of(this).after(bound);
    }

    /**
     * Firings with one of these counts, each once in a run: where an epoch is left at GET_BATCH_STARTED, the next one begins
     * with the same count, which isn't selected again. In a later run it is.
     *
     * @param counts at least one, each &gt; 0
     */
    default FilteredEvent once(long... counts) {
        return new FilteredEvent(this, new OnceFilter(counts));
    }

    /** Firings that the predicate accepts; it is given the engine and the count of this event. An event without a counter
     * can't be filtered by a predicate either. */
    default FilteredEvent when(EventFilter filter) {
        return new FilteredEvent(this, filter);
    }

    @Override
    default List<FilteredEvent> alternatives() {
        return List.of(new FilteredEvent(this, EventFilter.ALWAYS));
    }
}
