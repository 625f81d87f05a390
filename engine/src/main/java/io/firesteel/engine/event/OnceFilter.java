package io.firesteel.engine.event;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Accepts the listed counts. */
final class OnceFilter implements EventFilter {
    private final long[] counts;

    OnceFilter(long... counts) {
        if (counts.length == 0) {
            throw new IllegalArgumentException("Invalid once: no count given (must be one or more, each > 0)");
        }
        for (long count : counts) {
            if (count <= 0) {
                throw new IllegalArgumentException("Invalid once: " + count + " (must be > 0)");
            }
        }
        this.counts = counts.clone();
    }

    static boolean isPartOf(EventFilter filter) {
        return filter instanceof OnceFilter
                || (filter instanceof NarrowedFilter narrowed && isPartOf(narrowed.first()));
    }

    @Override
    public boolean matches(Engine<?, ?> engine, long count) {
        for (long wanted : counts) {
            if (wanted == count) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return Arrays.stream(counts).mapToObj(Long::toString).collect(Collectors.joining(", ", "once(", ")"));
    }
}
