package io.firesteel.engine.checkpoint;

/**
 * A checkpoint that is kept for its score.
 *
 * @param location what {@link CheckpointStore#write} has answered; empty for the checkpoint in whose manifest this stands, and on
 *     ranks that don't write
 * @param iteration iterations of the run before it
 * @param score value of a metric, not NaN
 */
public record ScoredCheckpoint(String location, long iteration, double score) {
    public ScoredCheckpoint {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("Invalid score of checkpoint " + location + ": NaN (must be a number)");
        }
    }

    /** The same checkpoint at a location that is now known. */
    public ScoredCheckpoint at(String newLocation) {
        return new ScoredCheckpoint(newLocation, iteration, score);
    }
}
