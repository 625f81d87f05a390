package io.firesteel.engine.event;

import java.util.OptionalLong;

/**
 * When a run is done.
 *
 * @param unit what is counted
 * @param count how many in total since the beginning, over all resumed runs, &gt; 0
 * @param epochLength iterations to an epoch, &gt; 0; empty: one pass over the source
 */
public record RunLimit(Unit unit, long count, OptionalLong epochLength) {
    /** What a limit counts. */
    public enum Unit {
        EPOCHS,
        ITERATIONS
    }

    public RunLimit {
        if (count < 1) {
            throw new IllegalArgumentException("Invalid limit: " + count + " " + word(unit) + " (must be > 0)");
        }
        if (epochLength.isPresent() && epochLength.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "Invalid epoch length: " + epochLength.getAsLong() + " iterations (must be > 0)");
        }
    }

    /** Done after this many epochs. */
    public static RunLimit epochs(long count) {
        return new RunLimit(Unit.EPOCHS, count, OptionalLong.empty());
    }

    /**
     * Done after this many iterations. If that is inside an epoch, the run ends there with TERMINATE and COMPLETED and
     * without EPOCH_COMPLETED.
     */
    public static RunLimit iterations(long count) {
        return new RunLimit(Unit.ITERATIONS, count, OptionalLong.empty());
    }

    /** The same limit with epochs of this many iterations, whatever a pass over the source has. */
    public RunLimit withEpochLength(long iterations) {
        return new RunLimit(unit, count, OptionalLong.of(iterations));
    }

    boolean inEpochs() {
        return unit == Unit.EPOCHS;
    }

    @Override
    public String toString() {
        return count + " " + word(unit);
    }

    private static String word(Unit unit) {
        return unit == Unit.EPOCHS ? "epochs" : "iterations";
    }
}
