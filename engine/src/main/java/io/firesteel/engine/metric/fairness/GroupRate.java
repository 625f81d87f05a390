package io.firesteel.engine.metric.fairness;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A rate of one group's rows, weighted, in [0, 1]; 0 if its denominator is. TP, FP, TN and FN are weights of rows by decision (positive or
 * negative) and by whether it is right (true or false).
 */
enum GroupRate {
    /** The weight of rows whose class is predicted right, of any class. */
    ACCURACY("accuracy", counts -> counts[GroupCounts.RIGHT] / counts[GroupCounts.WEIGHT]),
    /** TP / (TP + FP). */
    PRECISION("precision", counts -> share(counts, GroupCounts.TRUE_POSITIVE, GroupCounts.FALSE_POSITIVE)),
    /** TP / (TP + FN), Fairlearn's true_positive_rate. */
    RECALL("recall", counts -> share(counts, GroupCounts.TRUE_POSITIVE, GroupCounts.FALSE_NEGATIVE)),
    /** TP + FP over all, Fairlearn's selection_rate; needs no labels. */
    SELECTION_RATE("selectionRate", counts -> counts[GroupCounts.SELECTED] / counts[GroupCounts.WEIGHT]),
    /** FP / (FP + TN). */
    FALSE_POSITIVE_RATE(
            "falsePositiveRate", counts -> share(counts, GroupCounts.FALSE_POSITIVE, GroupCounts.TRUE_NEGATIVE)),
    /** FN / (FN + TP). */
    FALSE_NEGATIVE_RATE(
            "falseNegativeRate", counts -> share(counts, GroupCounts.FALSE_NEGATIVE, GroupCounts.TRUE_POSITIVE)),
    /** TN / (TN + FP), Fairlearn's true_negative_rate. */
    SPECIFICITY("specificity", counts -> share(counts, GroupCounts.TRUE_NEGATIVE, GroupCounts.FALSE_POSITIVE));

    private final String text;
    private final ToDoubleFunction<double[]> rate;

    GroupRate(String text, ToDoubleFunction<double[]> rate) {
        this.text = text;
        this.rate = rate;
    }

    /** As users write it. */
    String text() {
        return text;
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(GroupRate::text).toList();
    }

    static GroupRate of(String text) {
        return values()[texts().indexOf(text)];
    }

    double of(double[] counts) {
        return rate.applyAsDouble(counts);
    }

    /** One outcome's share of it and the other. */
    private static double share(double[] counts, int outcome, int other) {
        double both = counts[outcome] + counts[other];
        return both == 0 ? 0 : counts[outcome] / both;
    }
}
