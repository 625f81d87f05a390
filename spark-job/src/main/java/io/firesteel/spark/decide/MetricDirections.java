package io.firesteel.spark.decide;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.spark.config.PromotionRules.Better;
import java.util.Optional;
import java.util.Set;

/**
 * Which values of a metric are better. Metrics that are neither, such as the mean prediction, a matrix or a formula, leave it to the job
 * file's {@code promote.better}.
 */
public final class MetricDirections {
    static final Set<String> HIGHER = Set.of(
            "accuracy",
            "precision",
            "recall",
            "fBeta",
            "f1",
            "specificity",
            "balancedAccuracy",
            "iou",
            "meanIou",
            "jaccard",
            "dice",
            "cohenKappa",
            "matthews",
            "topKAccuracy",
            "rocAuc",
            "averagePrecision",
            "aucPerGroup",
            "hitRate",
            "ndcg",
            "mrr",
            "meanAveragePrecision",
            "precisionAtK",
            "recallAtK",
            "r2",
            "explainedVariance",
            "pearson",
            "spearman",
            "kendall",
            "cosineSimilarity",
            "hsic",
            "bleu",
            "rouge",
            "rougeN",
            "rougeL",
            "psnr",
            "ssim",
            "inceptionScore",
            "silhouette",
            "calinskiHarabasz",
            "cocoMeanAveragePrecision",
            "demographicParityRatio",
            "equalizedOddsRatio",
            "equalOpportunityRatio",
            "subgroupRatio");

    static final Set<String> LOWER = Set.of(
            "loss",
            "logLoss",
            "brier",
            "calibrationError",
            "meanSquaredError",
            "rootMeanSquaredError",
            "meanAbsoluteError",
            "maximumAbsoluteError",
            "geometricMeanAbsoluteError",
            "meanAbsolutePercentageError",
            "symmetricMeanAbsolutePercentageError",
            "meanAbsoluteRelativeError",
            "meanSquaredLogError",
            "rootMeanSquaredLogError",
            "meanTweedieDeviance",
            "meanPoissonDeviance",
            "meanGammaDeviance",
            "quantileLoss",
            "huber",
            "logCosh",
            "manhattan",
            "canberra",
            "waveHedges",
            "meanPairwiseDistance",
            "medianAbsoluteError",
            "absoluteErrorQuantile",
            "medianAbsolutePercentageError",
            "medianRelativeAbsoluteError",
            "geometricMeanRelativeAbsoluteError",
            "klDivergence",
            "jsDivergence",
            "maximumMeanDiscrepancy",
            "perplexity",
            "lossPerplexity",
            "characterErrorRate",
            "wordErrorRate",
            "frechetInceptionDistance",
            "daviesBouldin",
            "demographicParityDifference",
            "equalizedOddsDifference",
            "equalOpportunityDifference",
            "subgroupDifference");

    /** Those of which neither more nor less is better, or of which it depends on the case. */
    static final Set<String> NEITHER = Set.of(
            "count",
            "totalWeight",
            "mean",
            "geometricMean",
            "sum",
            "minimum",
            "maximum",
            "variance",
            "standardDeviation",
            "confusionMatrix",
            "multilabelConfusionMatrix",
            "classificationReport",
            "rocCurve",
            "precisionRecallCurve",
            "meanError",
            "meanNormalizedBias",
            "fractionalBias",
            "entropy",
            "mutualInformation",
            "selectionRate",
            "subgroup");

    private MetricDirections() {}

    /**
     * Which values are better.
     *
     * @param text of a metric, by any of its names, with or without parameters
     * @return empty for formulas and for metrics of which neither are
     */
    public static Optional<Better> of(String text) {
        return ComparisonPlan.kind(text).map(MetricKind::name).flatMap(MetricDirections::ofKind);
    }

    private static Optional<Better> ofKind(String name) {
        if (HIGHER.contains(name)) {
            return Optional.of(Better.HIGHER);
        }
        return LOWER.contains(name) ? Optional.of(Better.LOWER) : Optional.empty();
    }
}
