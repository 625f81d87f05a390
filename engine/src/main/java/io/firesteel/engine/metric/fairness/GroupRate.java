package io.firesteel.engine.metric.fairness;

import java.util.Arrays;
import java.util.List;

/**
 * A rate of one group's rows, weighted, in [0, 1]; 0 if its denominator is. TP, FP, TN and FN are weights of rows by decision (positive or
 * negative) and by whether it is right (true or false).
 */
enum GroupRate {
    /** The weight of rows whose class is predicted right, of any class. */
    ACCURACY("accuracy", GroupCounts.RIGHT),
    /** TP / (TP + FP). */
    PRECISION("precision", GroupCounts.TRUE_POSITIVE, GroupCounts.FALSE_POSITIVE),
    /** TP / (TP + FN), Fairlearn's true_positive_rate. */
    RECALL("recall", GroupCounts.TRUE_POSITIVE, GroupCounts.FALSE_NEGATIVE),
    /** TP + FP over all, Fairlearn's selection_rate; needs no labels. */
    SELECTION_RATE("selectionRate", GroupCounts.SELECTED),
    /** FP / (FP + TN). */
    FALSE_POSITIVE_RATE("falsePositiveRate", GroupCounts.FALSE_POSITIVE, GroupCounts.TRUE_NEGATIVE),
    /** FN / (FN + TP). */
    FALSE_NEGATIVE_RATE("falseNegativeRate", GroupCounts.FALSE_NEGATIVE, GroupCounts.TRUE_POSITIVE),
    /** TN / (TN + FP), Fairlearn's true_negative_rate. */
    SPECIFICITY("specificity", GroupCounts.TRUE_NEGATIVE, GroupCounts.FALSE_POSITIVE);

    private final String text;
    private final int part;
    private final int rest;

    /** The share of a count in all rows. */
    GroupRate(String text, int part) {
        this(text, part, GroupCounts.WEIGHT);
    }

    /** The share of a count in it and another. */
    GroupRate(String text, int part, int rest) {
        this.text = text;
        this.part = part;
        this.rest = rest;
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
        double whole = rest == GroupCounts.WEIGHT ? counts[rest] : counts[part] + counts[rest];
        return whole == 0 ? 0 : counts[part] / whole;
    }
}
