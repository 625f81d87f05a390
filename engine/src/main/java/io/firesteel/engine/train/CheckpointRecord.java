package io.firesteel.engine.train;

import java.io.Serializable;
import java.util.Objects;

/**
 * A checkpoint that is written whole, as the coordinator records it.
 *
 * @param location where it is
 * @param iteration iterations of the run before it
 * @param score for which it is kept, every digit of it; NaN if it is kept for being new
 */
public record CheckpointRecord(String location, long iteration, double score) implements Serializable {
    public CheckpointRecord {
        Objects.requireNonNull(location, "location");
    }

    /** One that is kept for being new. */
    public static CheckpointRecord of(String location, long iteration) {
        return new CheckpointRecord(location, iteration, Double.NaN);
    }

    /** Whether it is kept for its score. */
    public boolean hasScore() {
        return !Double.isNaN(score);
    }
}
