package io.firesteel.engine.model;

/**
 * LeNet-5 (LeCun et al. 1998) with ReLU and max pooling, for inputs of shape (channels, height, width) of at least 12 × 12.
 *
 * @param outputs columns of the output, &gt; 0
 */
public record LeNet(int outputs) implements ModelSpec {
    public LeNet {
        Sizes.positive("outputs", outputs);
    }
}
