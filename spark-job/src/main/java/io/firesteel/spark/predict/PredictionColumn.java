package io.firesteel.spark.predict;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a prediction may have beside the {@code prediction} itself: columns of arrays of float. */
public enum PredictionColumn {
    /** Of each class (they sum to 1), or of each label that is yes or no; classifiers only. */
    PROBABILITIES,
    /** What the last layer with weights is given: a description of the row in the model's own terms. */
    EMBEDDING,
    /** The network's output itself. */
    LOGITS;

    /** The column's name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PredictionColumn of(String label) {
        return Arrays.stream(values())
                .filter(column -> column.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Invalid column of predictions: " + label + " (must be "
                        + Arrays.stream(values()).map(PredictionColumn::label).collect(Collectors.joining(", "))
                        + ")"));
    }
}
