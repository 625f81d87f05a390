package io.firesteel.engine.metric.classification;

/** A share that the rows of one class have, of four sums of weights. Where it would be 0 / 0 it is 0, as with scikit-learn's zero_division=0. */
@FunctionalInterface
interface Ratio {
    /** Of what was predicted, how much is so. */
    Ratio PRECISION = (right, predicted, actual, total) -> divide(right, predicted);

    /** Of what is so, how much was predicted. */
    Ratio RECALL = (right, predicted, actual, total) -> divide(right, actual);

    /** Of what isn't so, how much wasn't predicted. */
    Ratio SPECIFICITY = (right, predicted, actual, total) ->
            divide(Math.max(0, total - predicted - actual + right), Math.max(0, total - actual));

    /** Of what is so or was predicted, how much is both. */
    Ratio JACCARD = (right, predicted, actual, total) -> divide(right, predicted + actual - right);

    /** The harmonic mean of precision and recall. */
    Ratio F1 = fBeta(1);

    /** The harmonic mean of precision and recall, of which recall counts {@code beta} squared times. */
    static Ratio fBeta(double beta) {
        double square = beta * beta;
        return (right, predicted, actual, total) -> divide((1 + square) * right, square * actual + predicted);
    }

    /**
     * The share.
     *
     * @param right the weight of rows of the class that were predicted to be
     * @param predicted of all that were predicted to be
     * @param actual of all that are
     * @param total of all rows
     */
    double of(double right, double predicted, double actual, double total);

    private static double divide(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
