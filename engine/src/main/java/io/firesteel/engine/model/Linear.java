package io.firesteel.engine.model;

/**
 * One linear layer over the flattened input: logistic or linear regression, by the loss.
 *
 * @param outputs columns of the output, &gt; 0
 */
public record Linear(int outputs) implements ModelSpec {
    public Linear {
        Sizes.positive("outputs", outputs);
    }
}
