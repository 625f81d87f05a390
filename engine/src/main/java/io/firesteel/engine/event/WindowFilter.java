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
        return every <= 1 || isMultiple(count - phase());
    }

    /** The first count after the given one that is accepted; the largest number if none is. */
    long nextAfter(long count) {
        long next = Math.max(count, after) + 1;
        if (every > 1) {
            next += Math.floorMod(phase() - next, every);
        }
        return before != UNSET && next >= before ? Long.MAX_VALUE : next;
    }

    /** With a bound the period is counted from the first count inside the interval, as in Ignite; without, from 0. */
    private long phase() {
        return after == UNSET && before == UNSET ? 0 : Math.max(after, 0) + 1;
    }

    /** Dividing 32 bits takes a fraction of the time of 64, and most counts are that small. */
    private boolean isMultiple(long distance) {
        int small = (int) distance;
        int period = (int) every;
        if (small == distance && period == every) {
            return small % period == 0;
        }
        return distance % every == 0;
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
