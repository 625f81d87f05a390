package io.firesteel.engine.metric.quantile;

/** What is to be known of pairs of prediction and target. */
@FunctionalInterface
interface PairMeasure {
    /**
     * The measure of some pairs.
     *
     * @param metric for messages
     * @param pairs at least one, of weights &gt; 0
     * @param meanTarget the mean of all targets, those included that aren't among the pairs
     * @throws io.firesteel.engine.metric.NotComputableException if the pairs have no such value
     */
    SampledValue of(String metric, Pairs pairs, double meanTarget);

    /** The number of rows of equal weights that would say as much: {@code sum(w)^2 / sum(w^2)} (Kish 1965). */
    static double effectiveRows(double[] weights) {
        double sum = 0;
        double squares = 0;
        for (double weight : weights) {
            sum += weight;
            squares += weight * weight;
        }
        return sum * sum / squares;
    }
}
