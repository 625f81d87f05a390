package io.firesteel.engine.event;

import java.util.List;

/**
 * Firings of one event by count: inside an open interval, all of them or every n-th. Immutable; each method gives a
 * narrower window, in any order, each at most once.
 *
 * <p>With a bound, {@code every} counts from the first count inside the interval: {@code every(5).after(8).before(25)}
 * selects 9, 14, 19, 24, and {@code every(3).before(10)} selects 1, 4, 7. Without one it selects the multiples:
 * {@code every(3)} selects 3, 6, 9 (and 0 for the events whose count begins there).
 */
public final class EventWindow implements EventSelector {
    private final Event event;
    private final WindowFilter filter;

    private EventWindow(Event event, WindowFilter filter) {
        this.event = event;
        this.filter = filter;
    }

    static EventWindow of(Event event) {
        return new EventWindow(event, new WindowFilter(WindowFilter.UNSET, WindowFilter.UNSET, WindowFilter.UNSET));
    }

    /**
     * Every n-th firing of the window.
     *
     * @param n period, &gt; 0
     */
    public EventWindow every(long n) {
        check("every", n, 1, filter.every());
        return new EventWindow(event, new WindowFilter(n, filter.after(), filter.before()));
    }

    /**
     * Firings of the window whose count is below a bound.
     *
     * @param bound first count that is left out, &gt;= 0
     */
    public EventWindow before(long bound) {
        check("before", bound, 0, filter.before());
        return new EventWindow(event, new WindowFilter(filter.every(), filter.after(), bound));
    }

    /**
     * Firings of the window whose count is above a bound.
     *
     * @param bound last count that is left out, &gt;= 0
     */
    public EventWindow after(long bound) {
        check("after", bound, 0, filter.after());
        return new EventWindow(event, new WindowFilter(filter.every(), bound, filter.before()));
    }

    /** Firings of the window that the predicate accepts too; it is asked about those in the window only. */
    public FilteredEvent when(EventFilter predicate) {
        return selected().when(predicate);
    }

    /** The same window over the count of another engine: see {@link FilteredEvent#countedBy}. */
    public FilteredEvent countedBy(Engine<?, ?> other) {
        return selected().countedBy(other);
    }

    private FilteredEvent selected() {
        return new FilteredEvent(event, filter);
    }

    @Override
    public List<FilteredEvent> alternatives() {
        return List.of(selected());
    }

    @Override
    public String toString() {
        return event.name() + "." + filter;
    }

    private static void check(String name, long value, long smallest, long present) {
        if (value < smallest) {
            String range = smallest == 0 ? ">= 0" : "> 0";
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be " + range + ")");
        }
        if (present != WindowFilter.UNSET) {
            throw new IllegalArgumentException("Cannot set " + name + " to " + value + ": it is " + present
                    + " already (expected once for each event, combine selectors with or)");
        }
    }
}
