package io.firesteel.engine.event;

/**
 * Accepts counts inside an open interval, all of them or every n-th.
 *
 * @param every period, &gt; 0, or UNSET
 * @param after last count left out at the start, or UNSET
 * @param before first count left out at the end, or UNSET
 */
record WindowFilter(long every, long after, long before) implements EventFilter {
    static final long UNSET = -1;

    @Override
    public boolean matches(Engine<?, ?> engine, long count) {
        if (count <= after || (before != UNSET && count >= before)) {
            return false;
        }
        return every <= 1 || (count - phase()) % every == 0;
    }

    /** With a bound the period is counted from the first count inside the interval, as in Ignite; without, from 0. */
    private long phase() {
        return after == UNSET && before == UNSET ? 0 : Math.max(after, 0) + 1;
    }

    @Override
    public String toString() {
        String text = part("every", every) + part("after", after) + part("before", before);
        return text.substring(1);
    }

    private static String part(String name, long value) {
        return value == UNSET ? "" : "." + name + "(" + value + ")";
    }
}
