package io.firesteel.engine.metric.quantile;

import io.firesteel.engine.metric.NotComputableException;

/**
 * Kendall's rank correlation, in [-1, 1]: of all pairs of rows, those that predictions and targets order alike less those that they
 * order the other way round, {@code P - Q}, over what it could be at the most. With X, Y the pairs that are equal in predictions, in
 * targets, and n0 all pairs:
 *
 * <ul>
 *   <li>{@code variant=b}: {@code (P - Q) / sqrt((n0 - X) * (n0 - Y))}; refused if predictions or targets are all the same.
 *   <li>{@code variant=c}: {@code 2 * (P - Q) / (n^2 * (m - 1) / m)} with m the lesser number of different values, for
 *       tables that aren't square.
 * </ul>
 *
 * <p>A row of weight w counts as w rows. O(n log n) (Knight 1966). Of a sample, the standard error is {@code (1 - t^2) *
 * sqrt(0.437 / (n - 4))} (Fieller, Hartley and Pearson 1957), n being {@link PairMeasure#effectiveRows}. Equals <a
 * href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.kendalltau.html">scipy.stats.kendalltau</a> and
 * Ignite's KendallRankCorrelation.
 */
final class Kendall implements PairMeasure {
    private final boolean square;

    Kendall(String variant) {
        this.square = variant.equals("b");
    }

    @Override
    public SampledValue of(String metric, Pairs pairs, double meanTarget) {
        double[] x = pairs.predictions();
        double[] y = pairs.targets();
        double[] weights = pairs.weights();
        Ties inX = Ties.of(x, weights, Order.of(x).sort(x.length));
        Ties inY = Ties.of(y, weights, Order.of(y).sort(y.length));
        if (inX.values == 1 || inY.values == 1) {
            throw new NotComputableException("Cannot compute " + metric
                    + ": predictions or targets are all the same (1 value, expected at least 2)");
        }
        double all = square(inX.weight);
        double both = sumOfSquares(weights);
        double difference = (all - inX.squares - inY.squares + both) / 2 - 2 * new Inversions(x, y, weights).weight();
        double t = square
                ? difference / Math.sqrt((all - inX.squares) / 2) / Math.sqrt((all - inY.squares) / 2)
                : 2 * difference / all * least(inX, inY) / (least(inX, inY) - 1);
        double clipped = Math.max(-1, Math.min(1, t));
        double free = Math.max(1, PairMeasure.effectiveRows(weights) - 4);
        return new SampledValue(clipped, (1 - clipped * clipped) * Math.sqrt(0.437 / free));
    }

    private static double square(double value) {
        return value * value;
    }

    /** Each pair of values is there once, so rows that are equal in both are those of one pair. */
    private static double sumOfSquares(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += square(weight);
        }
        return sum;
    }

    private static double least(Ties a, Ties b) {
        return Math.min(a.values, b.values);
    }

    /**
     * Equal values.
     *
     * @param values how many different ones there are
     * @param weight of all
     * @param squares the sum of squares of each value's weight
     */
    private record Ties(int values, double weight, double squares) {
        static Ties of(double[] values, double[] weights, int[] order) {
            int count = 0;
            double all = 0;
            double squares = 0;
            for (int from = 0, to; from < order.length; from = to) {
                double equal = 0;
                for (to = from; to < order.length && values[order[to]] == values[order[from]]; to++) {
                    equal += weights[order[to]];
                }
                count++;
                all += equal;
                squares += square(equal);
            }
            return new Ties(count, all, squares);
        }
    }
}
