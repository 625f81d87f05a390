package io.firesteel.spark.evaluate.sorted;

import io.firesteel.engine.metric.NotComputableException;

/** Refuses pairs whose ranks say nothing. */
final class UnorderedPairs {
    private UnorderedPairs() {}

    /** @param missing pairs with a NaN */
    static void check(String metric, long missing) {
        if (missing > 0) {
            throw new NotComputableException("Cannot compute " + metric
                    + ": rows with a prediction or target that is not a number (" + missing + ", expected 0)");
        }
    }

    /** @param valuesOfX how many different ones there are */
    static void checkVaried(String metric, long valuesOfX, long valuesOfY) {
        if (valuesOfX < 2 || valuesOfY < 2) {
            throw new NotComputableException("Cannot compute " + metric
                    + ": predictions or targets are all the same (1 value, expected at least 2)");
        }
    }
}
