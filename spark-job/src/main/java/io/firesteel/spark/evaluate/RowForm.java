package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.PredictionKind;
import java.io.Serializable;

/**
 * What the selected columns of a row are, in this order: predictions, labels, targets, weight, loss, group, text, references.
 *
 * @param predictions how many columns; may be 0
 * @param labels how many columns; may be 0
 * @param targets how many columns beside labels; may be 0
 * @param classes whether the label is a class
 * @param kind what predictions are
 */
record RowForm(
        int predictions,
        int labels,
        int targets,
        boolean classes,
        boolean weighted,
        boolean hasLosses,
        boolean grouped,
        boolean hasTexts,
        PredictionKind kind)
        implements Serializable {
    /** The columns of the numbers that are to be met: those of targets, a class, or labels that aren't classes. */
    int targetColumns() {
        if (targets > 0) {
            return targets;
        }
        return classes ? 1 : labels;
    }

    /** Whether each row has several labels, each of them yes or no. */
    boolean isMultilabel() {
        return !classes && targetColumns() > 1;
    }
}
