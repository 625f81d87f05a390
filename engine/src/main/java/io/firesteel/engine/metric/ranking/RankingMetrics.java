package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricParameters;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The metrics of this package. */
public final class RankingMetrics {
    private static final Set<Reads> LABELLED = Set.of(Reads.PROBABILITIES, Reads.CLASSES);
    private static final Set<Reads> RELEVANCE = Set.of(Reads.PREDICTIONS, Reads.TARGETS);

    private static final MetricParameter EXACT_ROWS = MetricParameter.integer(
            "exactRows",
            1_000_000,
            0,
            100_000_000,
            "rows times columns up to which scores are kept; above, a histogram");
    private static final MetricParameter POINTS =
            MetricParameter.integer("points", 100, 2, 10_000_000, "the most points that a curve is given by");
    private static final MetricParameter AVERAGE = MetricParameter.choice(
            "average", List.of("macro", "weighted", "micro", "none"), "how several classes or labels become one");
    private static final MetricParameter K =
            MetricParameter.integer("k", 10, 1, Integer.MAX_VALUE, "how many places of the ranking count");
    private static final MetricParameter ANY_K = MetricParameter.integer(
            "k", null, 1, Integer.MAX_VALUE, "how many places of the ranking count; all without it");
    private static final MetricParameter NO_RELEVANT = MetricParameter.choice(
            "noRelevant", List.of("zero", "skip", "one"), "what a query without a relevant item counts");

    private RankingMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return List.of(
                kind(
                        "rocAuc",
                        List.of("auc", "rocAucScore", "auroc"),
                        LABELLED,
                        List.of(
                                AVERAGE,
                                MetricParameter.choice(
                                        "multiclass", List.of("ovr", "ovo"), "each class against all, or against each"),
                                EXACT_ROWS),
                        "how often a positive row has a larger score than a negative one",
                        RocAuc::new),
                kind(
                        "averagePrecision",
                        List.of("averagePrecisionScore", "prAuc", "auprc"),
                        LABELLED,
                        List.of(AVERAGE, EXACT_ROWS),
                        "the area under the precision-recall curve, for rare positives",
                        AveragePrecision::new),
                kind(
                        "rocCurve",
                        List.of("roc"),
                        LABELLED,
                        List.of(POINTS, EXACT_ROWS),
                        "false against true positives at each threshold",
                        RocCurve::new),
                kind(
                        "precisionRecallCurve",
                        List.of("prCurve"),
                        LABELLED,
                        List.of(POINTS, EXACT_ROWS),
                        "precision against recall at each threshold",
                        PrecisionRecallCurve::new),
                kind(
                        "aucPerGroup",
                        List.of("groupAuc", "gauc"),
                        Set.of(Reads.PROBABILITIES, Reads.CLASSES, Reads.GROUPS),
                        List.of(
                                MetricParameter.choice(
                                        "average", List.of("weighted", "mean", "min"), "how groups become one value"),
                                MetricParameter.integer(
                                        "exactRows",
                                        1_000_000,
                                        0,
                                        100_000_000,
                                        "rows of a group up to which scores are kept")),
                        "the area under the ROC curve within each group, averaged",
                        AucPerGroup::new),
                query(
                        "hitRate",
                        List.of("hitRatio", "hits"),
                        K,
                        "the share of queries with a relevant item among the first k",
                        QueryMeasure::hitRate),
                kind(
                        "ndcg",
                        List.of("ndcgScore", "normalizedDiscountedCumulativeGain"),
                        RELEVANCE,
                        List.of(
                                ANY_K,
                                MetricParameter.choice(
                                        "gain", List.of("linear", "exponential"), "what an item's relevance is worth"),
                                NO_RELEVANT),
                        "how near a ranking is to the best one, early places counting more",
                        parameters -> new QueryMetric(parameters, QueryMeasure.ndcg(parameters))),
                query(
                        "mrr",
                        List.of("meanReciprocalRank"),
                        ANY_K,
                        "one over the place of the first relevant item",
                        QueryMeasure::reciprocalRank),
                query(
                        "meanAveragePrecision",
                        List.of("retrievalMap"),
                        ANY_K,
                        "precision at each relevant item's place, averaged",
                        QueryMeasure::averagePrecision),
                query(
                        "precisionAtK",
                        List.of("retrievalPrecision"),
                        K,
                        "the share of relevant items among the first k",
                        QueryMeasure::precision),
                query(
                        "recallAtK",
                        List.of("retrievalRecall"),
                        K,
                        "the share of relevant items that are among the first k",
                        QueryMeasure::recall));
    }

    private static MetricKind query(
            String name,
            List<String> aliases,
            MetricParameter k,
            String meaning,
            Function<MetricParameters, QueryMeasure> measure) {
        return kind(
                name,
                aliases,
                RELEVANCE,
                List.of(k, NO_RELEVANT),
                meaning,
                parameters -> new QueryMetric(parameters, measure.apply(parameters)));
    }

    private static MetricKind kind(
            String name,
            List<String> aliases,
            Set<Reads> reads,
            List<MetricParameter> parameters,
            String meaning,
            Function<MetricParameters, Metric<?>> factory) {
        return new MetricKind(name, aliases, reads, parameters, meaning, factory);
    }
}
