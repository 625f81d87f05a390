package io.firesteel.spark.decide;

import java.util.Objects;
import java.util.Optional;

/**
 * By how much a model is better than another one on the same rows, in the metric's unit: over 0 if it is better, whichever values of the metric
 * that means.
 *
 * @param of the name of the one
 * @param over the name of the other
 * @param size how much better, on all rows and in resamples, both models on the same ones
 * @param aloneRight which of both was right where the other wasn't; empty unless McNemar's test was asked for
 */
public record Improvement(String of, String over, Resampled size, Optional<AloneRight> aloneRight) {
    public Improvement {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(over, "over");
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(aloneRight, "aloneRight");
    }
}
