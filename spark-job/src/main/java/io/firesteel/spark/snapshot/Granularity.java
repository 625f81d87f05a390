package io.firesteel.spark.snapshot;

import java.util.Arrays;
import java.util.Locale;

/** What the entries of a snapshot are. */
public enum Granularity {
    FILES,
    DIRECTORIES,
    /** There were too many even of directories: the sums and the digest are all that is known. */
    TOTALS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Granularity of(String label) {
        return Arrays.stream(values())
                .filter(granularity -> granularity.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot read snapshot: its granularity is \"" + label
                        + "\" (expected files, directories or totals)"));
    }

    Granularity coarser(Granularity other) {
        return compareTo(other) < 0 ? other : this;
    }
}
