package io.firesteel.engine.metric;

/** A metric was asked for a value that the rows it has seen don't have: no row counts, or they leave it undefined. */
public final class NotComputableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotComputableException(String message) {
        super(message);
    }

    /** Refuses to divide by a sum of weights that is 0. */
    public static void checkWeight(String metric, double weight, long rows) {
        if (weight == 0) {
            throw new NotComputableException("Cannot compute " + metric + ": total weight of " + rows + " rows is 0");
        }
    }
}
