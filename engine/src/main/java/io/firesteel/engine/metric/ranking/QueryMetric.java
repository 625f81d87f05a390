package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import java.util.Locale;

/**
 * The mean of a {@link QueryMeasure} over queries, weighted, in [0, 1]. There are two ways to give queries and their items:
 *
 * <ul>
 *   <li>A row is a query: scores (N, C) of C &gt; 1 items, and their relevances as targets (N, C), or the class (N) of the only
 *       relevant item. The state is a sum and a weight.
 *   <li>A row is an item: scores (N, 1), relevances as targets (N, 1) or classes (N), and the query's name as group (N). The rows of a
 *       query may come in any batch and on any rank; the state keeps them, 16 bytes each, and so grows with the rows. A
 *       query weighs as much as the heaviest of its rows.
 * </ul>
 *
 * <p>Relevances are numbers &gt;= 0. Queries without a relevant item count 0, as in scikit-learn's ndcg_score; with {@code
 * noRelevant=skip} they don't count, with {@code one} they count 1, as in its label_ranking_average_precision_score. Scores that are NaN
 * have no rank: refused. Means over queries hide that queries with many items are harder: compare models on the same queries.
 */
final class QueryMetric extends StateMetric<Queries> {
    /** What a query without a relevant item counts. */
    private enum NoRelevant {
        ZERO,
        SKIP,
        ONE
    }

    private final QueryMeasure measure;
    private final NoRelevant noRelevant;

    QueryMetric(MetricParameters parameters, QueryMeasure measure) {
        super(parameters.metricName());
        this.measure = measure;
        this.noRelevant = NoRelevant.valueOf(parameters.text("noRelevant").toUpperCase(Locale.ROOT));
    }

    @Override
    public Queries zero() {
        return new Queries();
    }

    @Override
    public void update(Queries state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        if (input.predictionColumns() == 1) {
            addItems(state, input);
        } else {
            addQueries(state, input);
        }
        state.count(input.rows());
    }

    private static void addItems(Queries state, MetricInput input) {
        for (int row = 0; row < input.rows(); row++) {
            state.query(input.group(row)).add(input.prediction(row, 0), input.target(row, 0), input.weight(row));
        }
    }

    private void addQueries(Queries state, MetricInput input) {
        int items = input.predictionColumns();
        boolean oneRelevant = input.hasClasses() || input.targetColumns() == 1;
        if (!oneRelevant && input.targetColumns() != items) {
            throw new IllegalArgumentException("Cannot rank items: targets and predictions differ in columns ("
                    + input.targetColumns() + ", expected " + items + ")");
        }
        Query query = new Query();
        for (int row = 0; row < input.rows(); row++) {
            query.clear();
            long relevant = oneRelevant ? relevantItem(input, row, items) : 0;
            for (int item = 0; item < items; item++) {
                double relevance = oneRelevant ? (item == relevant ? 1 : 0) : input.target(row, item);
                query.add(input.prediction(row, item), relevance, input.weight(row));
            }
            addValue(state, query);
        }
    }

    private static long relevantItem(MetricInput input, int row, int items) {
        long item = input.classLabel(row);
        if (item < 0 || item >= items) {
            throw new IllegalArgumentException(
                    "Invalid class: " + item + " in row " + row + " of a batch (must be in [0, " + items + "))");
        }
        return item;
    }

    private void addValue(Queries state, Query query) {
        RankedQuery ranked = query.ranked();
        if (query.weight() == 0) {
            return;
        }
        if (ranked.relevantItems() > 0) {
            state.add(query.hasNaN() ? Double.NaN : measure.of(ranked), query.weight());
        } else if (noRelevant != NoRelevant.SKIP) {
            state.add(noRelevant == NoRelevant.ONE ? 1 : 0, query.weight());
        }
    }

    @Override
    protected MetricValue value(Queries state) {
        Queries all = state.sums();
        state.items().values().forEach(query -> addValue(all, query));
        if (all.weight() == 0) {
            throw new NotComputableException("Cannot compute " + name() + ": total weight of queries"
                    + (noRelevant == NoRelevant.SKIP ? " with a relevant item" : "") + " in " + state.rows()
                    + " rows is 0");
        }
        if (Double.isNaN(all.sum())) {
            throw new NotComputableException(
                    "Cannot compute " + name() + ": a score is not a number (NaN, expected numbers)");
        }
        return MetricValue.of(all.sum() / all.weight());
    }

    @Override
    protected Queries read(StateInput input) {
        return Queries.read(input);
    }
}
