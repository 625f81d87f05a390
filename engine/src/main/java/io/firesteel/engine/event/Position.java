package io.firesteel.engine.event;

/**
 * A place in the data of a run.
 *
 * @param epoch which pass over the source, from 1: the engine's epoch, unless an explicit epoch length cuts passes
 *     differently
 * @param iteration batches of that pass before this place, from 0
 */
public record Position(long epoch, long iteration) {
    /** The first batch of the first pass. */
    public static final Position START = new Position(1, 0);

    public Position {
        if (epoch < 1) {
            throw new IllegalArgumentException("Invalid epoch: " + epoch + " (must be >= 1)");
        }
        if (iteration < 0) {
            throw new IllegalArgumentException("Invalid iteration: " + iteration + " (must be >= 0)");
        }
    }
}
