package io.firesteel.engine.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version of a registry, which never changes.
 *
 * @param number 1 for the first
 * @param location of its files
 * @param key under which it was registered
 * @param created when, by the clock of who did it
 * @param by who: {@code user@host, process 4711}
 * @param metrics its values by name; NaN where there is none
 * @param lineage where it comes from
 */
public record ModelVersion(
        int number,
        String location,
        Optional<String> key,
        Instant created,
        String by,
        SortedMap<String, Double> metrics,
        Lineage lineage) {
    public ModelVersion {
        if (number < 1) {
            throw new IllegalArgumentException("Invalid version: " + number + " (must be 1 or more)");
        }
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** The run that trained it. */
    public String runId() {
        return lineage.runId();
    }

    /** The version from whose weights it began. */
    public OptionalInt parent() {
        return lineage.parent();
    }
}
