package io.firesteel.engine.train;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Nanoseconds per {@link Phase}, summed over a run. Not thread-safe: each replica has its own. */
public final class PhaseTimes {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<Phase, long[]> nanos = new EnumMap<>(Phase.class);

    public PhaseTimes() {
        for (Phase phase : Phase.values()) {
            nanos.put(phase, new long[1]);
        }
    }

    /** Adds what has passed since {@code start}, and answers now: the start of the next phase. */
    public long addSince(Phase phase, long start) {
        long now = System.nanoTime();
        add(phase, now - start);
        return now;
    }

    /** Adds nanoseconds to a phase. */
    public void add(Phase phase, long duration) {
        nanos.get(phase)[0] += duration;
    }

    /** Nanoseconds spent in a phase so far. */
    public long nanos(Phase phase) {
        return nanos.get(phase)[0];
    }

    /** Seconds by the phases' labels, in the order of {@link Phase}. */
    public Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        nanos.forEach((phase, cell) -> seconds.put(phase.label(), cell[0] / NANOS_PER_SECOND));
        return seconds;
    }
}
