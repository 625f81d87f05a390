package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricParameters;
import java.util.Arrays;

/**
 * How well a query's items are ranked. An item's place is the number of items whose score is at least its own: the first
 * has place 1, and items with equal scores all have the last place among them, so that a model which can't tell them apart
 * gains nothing by it. Items are relevant if their relevance is &gt; 0.
 */
@FunctionalInterface
interface QueryMeasure {
    /**
     * The measure of one query.
     *
     * @param query with at least one relevant item
     */
    double of(RankedQuery query);

    /**
     * Whether there is a relevant item among the first k: {@code [min(place) <= k]}. As Ignite's <a
     * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.rec_sys.HitRate.html">HitRate</a>.
     */
    static QueryMeasure hitRate(MetricParameters parameters) {
        int k = parameters.integer("k");
        return query -> firstPlace(query) <= k ? 1 : 0;
    }

    /**
     * The reciprocal rank {@code 1 / min(place)}, 0 if that is over k. Voorhees 1999, The TREC-8 Question Answering Track Report.
     */
    static QueryMeasure reciprocalRank(MetricParameters parameters) {
        int k = limit(parameters);
        return query -> firstPlace(query) <= k ? 1.0 / firstPlace(query) : 0;
    }

    private static int firstPlace(RankedQuery query) {
        int first = 0;
        while (!query.isRelevant(first)) {
            first++;
        }
        return query.place(first);
    }

    /** The relevant items among the first k over k, also where a query has fewer items. */
    static QueryMeasure precision(MetricParameters parameters) {
        int k = parameters.integer("k");
        return query -> (double) found(query, k) / k;
    }

    /** The relevant items among the first k over all relevant items. */
    static QueryMeasure recall(MetricParameters parameters) {
        int k = parameters.integer("k");
        return query -> (double) found(query, k) / query.relevantItems();
    }

    private static int found(RankedQuery query, int k) {
        int found = 0;
        for (int item = 0, place = 0; item < query.size(); item++) {
            place = place > item ? place : query.place(item);
            found += place <= k && query.isRelevant(item) ? 1 : 0;
        }
        return found;
    }

    /**
     * The mean over relevant items of the precision up to their place, of those placed after k 0:
     * {@code sum([place <= k] * relevant items up to place / place) / min(relevant items, k)}. Without k it is scikit-learn's
     * <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.label_ranking_average_precision_score.html">label_ranking_average_precision_score</a>.
     */
    static QueryMeasure averagePrecision(MetricParameters parameters) {
        int k = limit(parameters);
        return query -> {
            double sum = 0;
            int found = 0;
            for (int item = 0; item < query.size(); ) {
                int place = query.place(item);
                int before = found;
                for (; item < place; item++) {
                    found += query.isRelevant(item) ? 1 : 0;
                }
                sum += place <= k ? (double) (found - before) * found / place : 0;
            }
            return sum / Math.min(found, k);
        };
    }

    /**
     * Normalized discounted cumulative gain: {@code DCG / ideal DCG}, {@code DCG = sum(gain(relevance) / log2(position + 1))} over the
     * first k positions, where items with equal scores share the mean of their gains (McSherry and Najork 2008), and the ideal is the
     * order of relevance. {@code gain=linear} is the relevance and equals scikit-learn's <a
     * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.ndcg_score.html">ndcg_score</a>; {@code exponential}
     * is {@code 2^relevance - 1}, as in Ignite's NDCG with {@code exponential=True} and in Burges et al. 2005.
     */
    static QueryMeasure ndcg(MetricParameters parameters) {
        int k = limit(parameters);
        boolean exponential = parameters.text("gain").equals("exponential");
        return query -> {
            double ideal = discounted(gains(query.ideal(), exponential), k);
            double[] gains = gains(query.relevances(), exponential);
            for (int item = 0; item < gains.length; ) {
                int end = query.place(item);
                double mean = Arrays.stream(gains, item, end).sum() / (end - item);
                Arrays.fill(gains, item, end, mean);
                item = end;
            }
            return discounted(gains, k) / ideal;
        };
    }

    private static double[] gains(double[] relevances, boolean exponential) {
        return exponential
                ? Arrays.stream(relevances)
                        .map(relevance -> Math.pow(2, relevance) - 1)
                        .toArray()
                : relevances.clone();
    }

    private static double discounted(double[] gains, int k) {
        double sum = 0;
        for (int position = 0; position < Math.min(k, gains.length); position++) {
            sum += gains[position] * Math.log(2) / Math.log(position + 2);
        }
        return sum;
    }

    private static int limit(MetricParameters parameters) {
        return parameters.has("k") ? parameters.integer("k") : Integer.MAX_VALUE;
    }
}
